// `[data-ogplus]` asks whether a card is drawn, not for whom; `ogplus_pk_…` is a key in an address. Whatever else has
// the name in it may read the value: to be wrong here costs a drawing, never a wrong picture.
/** What code says that may read for which consumer it runs; a regular expression, case ignored. */
export const readsConsumer = 'ogplus(?!\\s*\\]|_)';
