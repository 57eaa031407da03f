/** What we are called and our version, in every `User-Agent` that we send (RFC 9110 §10.1.5). */
export const product = { name: 'OpenGraphPlus', version: '0.1' } as const;
