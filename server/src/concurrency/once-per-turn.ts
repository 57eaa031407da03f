/**
 * Asks once for all callers of one turn of the event loop. What arrives together was sent before the first of it is looked at, so
 * one answer is as good for all of it; the next turn asks again.
 */
export function oncePerTurn<T>(ask: () => T): () => T {
  let known: { readonly answer: T } | undefined;
  const forget = () => {
    known = undefined;
  };
  return () => {
    if (known === undefined) {
      known = { answer: ask() };
      setImmediate(forget);
    }
    return known.answer;
  };
}
