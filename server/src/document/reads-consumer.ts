// `[data-ogplus]` tests whether a card is rendered, not for whom; `ogplus_pk_…` is a key in an address. Anything else
// with the name may read the value: a false match costs a render, never a wrong picture.
/** Matches code that may read which consumer it runs for; a regular expression, ignoring case. */
export const readsConsumer = 'ogplus(?!\\s*\\]|_)';
