export const websites = {
  title: 'Websites',
  add: 'Add a website',
  none: 'No website yet',
  noneWhy: 'Add your first website. Its pages have cards as soon as they contain the tag.',
  since: (date: string) => `since ${date}`,
  failing: (count: number) => (count === 1 ? '1 page is failing' : `${count.toLocaleString('en')} pages are failing`),
  requests: (count: string) => `${count} requests in 30 days`,
  quiet: 'No requests in 30 days',
};
