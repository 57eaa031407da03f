/** The screen that previews any address. */
export const preview = {
  title: 'Preview an address',
  lead: 'See the card of any page as networks would show it. Nothing is saved.',
  label: 'Address of a page',
  placeholder: 'https://example.com/blog/hello',
  submit: 'Preview',
  malformed: 'Enter a full address, such as https://example.com/blog/hello.',
  empty: 'Paste the address of a page',
  emptyWhy:
    'Any website works, whether you added it here or not. So do pages on this machine (http://localhost:4000), if the service is allowed to reach them.',
  redirected: (url: string) => `The page redirects to ${url}.`,
  explanation: 'Caching',
  advice: {
    403: 'Private networks are blocked unless the service was started with OGPLUS_ALLOW_NETWORKS. For pages on this machine: OGPLUS_ALLOW_NETWORKS=127.0.0.0/8,::1/128.',
    404: 'Check the address. Only pages that exist can have a card.',
    422: 'Cards are drawn from HTML pages that answer 200. Open the address in a private window: does it need a sign-in?',
    429: 'Wait a minute, then try again. Previews are limited per person to protect other sites.',
    502: 'Check that the site is up and that its name resolves. On this machine, check the port.',
    504: 'The site took too long. Try again: the second try is often faster.',
  } as Readonly<Record<number, string>>,
};
