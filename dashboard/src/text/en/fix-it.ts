/** How to fix a finding. */
export const fixIt = {
  title: 'Fix it',
  mend: (what: string) => `Fix it: ${what}`,
  caching: 'caching',
  framework: 'Framework of the snippets',
  exampleTitle: 'Title of the page',
  exampleDescription: 'What the page is about, in a sentence.',
};
