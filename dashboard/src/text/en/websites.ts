export const websites = {
  title: 'Websites',
  add: 'Add a website',
  none: 'No website yet',
  noneWhy: 'Add the first one by its address. Its pages then have cards as soon as they carry a tag.',
  since: (date: string) => `since ${date}`,
};
