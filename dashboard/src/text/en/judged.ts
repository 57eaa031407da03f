/** How a page is judged: what is found of its tags, and what its headers come to. */
export const judged = {
  levels: { good: 'Right', hint: 'Could be better', bad: 'Missing or wrong' },
  noFindings: 'Nothing was found: the page has not been looked at yet.',
  allGood: 'Every tag that networks ask for is there.',
  counts: (bad: number, hints: number) =>
    [...(bad === 0 ? [] : [`${bad} missing or wrong`]), ...(hints === 0 ? [] : [`${hints} could be better`])].join(
      ', ',
    ) || 'all right',
  ignored: 'Said in vain',
  advice: 'What would be better',
  reasons: (count: number) => (count === 1 ? 'One more reason' : `${count} more reasons`),
};
