/** Our name and version, in every `User-Agent` we send (RFC 9110 §10.1.5). */
export const product = { name: 'OpenGraphPlus', version: '0.1' } as const;
