export const walks = new Map([
  ['along-the-canal', { title: 'Along the canal', text: 'Eleven locks, two herons.', hours: 3 }],
  ['over-the-moor', { title: 'Over the moor', text: 'Wind from the left, later from the right.', hours: 6 }],
]);
