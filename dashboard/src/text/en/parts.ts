/** What parts of several screens say. */
export const parts = {
  copyWhat: (what: string) => `Copy: ${what}`,
  /** Where the browser gives nobody the clipboard. */
  selected: 'Selected: press Ctrl+C, or Cmd+C on a Mac.',
  code: (file: string) => `Code for ${file}`,
  done: 'Done',
  failed: 'That did not work',
  keyOnceTitle: 'The new key',
  keyOnce: 'The secret is shown now and never again. Keep it where your other passwords are.',
  keptIt: 'I have kept it',
  apiKey: 'API key',
  apiKeyFor: 'For programs that purge, check or change this website through the API. It holds the other two.',
  publicKey: 'Public key',
  publicKeyFor: 'Names the website in image addresses of the form /api/websites/v1/domain/…; it is no secret.',
  secretKey: 'Secret key',
  secretKeyFor: 'Signs image addresses of pages elsewhere. Who has it can draw cards at your cost.',
  noKeyNeeded: 'Tags with the connection address need none of them.',
  typeHost: (host: string) => `Type ${host} to go on`,
  leaveTitle: 'Leave without saving?',
  leave: 'What you changed on this screen is lost then.',
  leaveAnyway: 'Leave',
  stay: 'Stay here',
};
