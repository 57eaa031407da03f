/** A page's tags, written by hand. */
export const builder = {
  title: 'Tag builder',
  lead: (target: string) =>
    `The tags of ${target}, and what each network makes of them while you type. Nothing is saved.`,
  open: 'Open in the tag builder',
  words: 'Words',
  wordsWhy: 'They begin as the page has them now.',
  pageTitle: 'Title',
  noTitle: 'Enter a title: the card needs one.',
  description: 'Description',
  siteName: 'Name of the site',
  type: 'Type',
  length: (count: number) => (count === 1 ? '1 character' : `${count} characters`),
  cut: (by: ReadonlyArray<{ label: string; characters: number }>) =>
    `Cut on ${by.map(({ label, characters }) => `${label} after ${characters}`).join(', ')} characters`,
  tags: 'Tags',
  asHtml: 'HTML',
  rest: 'What is the same for all pages is set up once.',
  toInstall: 'See how',
  framesWhy: 'With these tags in the page.',
};
