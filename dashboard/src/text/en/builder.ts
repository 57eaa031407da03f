/** The screen for writing a page's tags by hand. */
export const builder = {
  title: 'Tag builder',
  lead: (target: string) => `Edit the tags of ${target} and see what each network shows. Nothing is saved.`,
  open: 'Open in the tag builder',
  words: 'Text',
  wordsWhy: 'The fields start with the current text of the page.',
  pageTitle: 'Title',
  noTitle: 'Enter a title: the card needs one.',
  description: 'Description',
  siteName: 'Site name',
  type: 'Type',
  length: (count: number) => (count === 1 ? '1 character' : `${count} characters`),
  cut: (by: ReadonlyArray<{ label: string; characters: number }>) =>
    `Cut on ${by.map(({ label, characters }) => `${label} after ${characters}`).join(', ')} characters`,
  tags: 'Tags',
  asHtml: 'HTML',
  rest: 'Set up the tags that are the same on all pages once.',
  toInstall: 'See how',
  framesWhy: 'What each network shows once the page has these tags.',
};
