export const newWebsite = {
  title: 'Add a website',
  lead: 'Then every page of the website can have a card, drawn from the page itself.',
  address: 'Address',
  addressHint: 'Each origin is a separate website: https://example.com and https://blog.example.com are two websites.',
  placeholder: 'example.com',
  empty: 'Enter the address of a website.',
  submit: 'Add',
  next: 'Next, you get a tag to paste into its pages, and its key.',
  reached: (status: number) => `The website was reached: its home page answered ${status}.`,
  unreachable: (sentence: string) =>
    `The website was added, but it cannot be reached: ${sentence} Cards cannot be drawn until it can.`,
};
