export const newWebsite = {
  title: 'Add a website',
  lead: 'Every page of the website can then have a card drawn from the page itself.',
  address: 'Address',
  addressHint: 'Each origin is a website of its own: https://example.com and https://blog.example.com are two.',
  placeholder: 'example.com',
  empty: 'Enter the address of a website.',
  submit: 'Add',
  next: 'Next, you get a tag to paste into its pages, and its key.',
  reached: (status: number) => `The website was reached: its home page answered ${status}.`,
  unreachable: (sentence: string) =>
    `The website was added, but it cannot be reached: ${sentence} Cards cannot be drawn until it can.`,
};
