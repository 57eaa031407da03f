export const ferries = {
  'north-line': { title: 'The north line', text: 'Fourteen islands and a bakery.', nights: 5 },
  'river-post': { title: 'The river post', text: 'Letters first, passengers after.', nights: 1 },
};
