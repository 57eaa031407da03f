/** How a page is judged: what is found of its tags, and what its headers come to. */
export const judged = {
  levels: { good: 'Right', hint: 'Could be better', bad: 'Missing or wrong' },
  noFindings: 'Nothing was found: the page has not been looked at yet.',
  counts: (bad: number, hints: number) =>
    [...(bad === 0 ? [] : [`${bad} missing or wrong`]), ...(hints === 0 ? [] : [`${hints} could be better`])].join(
      ', ',
    ) || 'All right',
  ignored: 'Said in vain',
  advice: 'What would be better',
};
