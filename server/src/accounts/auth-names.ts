/** The client's address, set by us alone: a client's own field of this name is not passed on. */
export const clientHeader = 'x-ogplus-client';

/** What a person's API keys begin with. */
export const keyPrefix = 'ogplus_key_';
