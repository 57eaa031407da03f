/** How a page is judged: the findings about its tags, and about its cache headers. */
export const judged = {
  levels: { good: 'Right', hint: 'Could be better', bad: 'Missing or wrong' },
  noFindings: 'The page has not been checked yet.',
  counts: (bad: number, hints: number) =>
    [...(bad === 0 ? [] : [`${bad} missing or wrong`]), ...(hints === 0 ? [] : [`${hints} could be better`])].join(
      ', ',
    ) || 'All right',
  ignored: 'Ignored',
  advice: 'Suggestions',
};
