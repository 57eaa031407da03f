export const newWebsite = {
  title: 'Add a website',
  lead: 'Every page of it can then have a card, drawn from the page itself.',
  address: 'Address',
  addressHint: 'Its whole origin counts: https://example.com is one website, https://blog.example.com another.',
  placeholder: 'example.com',
  empty: 'Which website?',
  submit: 'Add it',
  next: 'Next you get a tag to paste into its pages, and its key.',
};
