/** Any address, looked at by hand. */
export const preview = {
  title: 'Preview an address',
  lead: 'See the card of any page as networks would show it. Nothing of it is kept.',
  label: 'Address of a page',
  placeholder: 'https://example.com/blog/hello',
  submit: 'Look',
  malformed: 'Write a whole address: https://example.com/blog/hello',
  empty: 'Paste the address of a page',
  emptyWhy:
    'Of any website, added here or not. A page on this machine (http://localhost:4000) too, where the service may reach it.',
  redirected: (url: string) => `It came from ${url} in the end.`,
  explanation: 'How its headers are judged',
  advice: {
    403: 'Which networks may be reached is a setting of the service, given when it is started. For pages of this machine: OGPLUS_ALLOW_NETWORKS=127.0.0.0/8,::1/128.',
    404: 'Is the address right? The page has to exist to have a card.',
    422: 'Cards are drawn of HTML pages that answer 200. Open the address in a browser: does it need to be signed in?',
    429: 'Wait a minute: looks at pages are limited for each person, so that this is no way to burden other sites.',
    502: 'Is the site up, and does its name resolve? On this machine, is its port right?',
    504: 'The site took too long. Try again; the second look is often faster.',
  } as Readonly<Record<number, string>>,
};
