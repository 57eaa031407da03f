/**
 * Asks once for all callers of one turn of the event loop. What arrives together was sent before the first of it is looked at, so
 * one answer is as good for all of it; the next turn asks again.
 */
export function oncePerTurn<T>(ask: () => T): () => T {
  let isKnown = false;
  let answer: T | undefined;
  const forget = () => {
    isKnown = false;
  };
  return () => {
    if (isKnown) return answer as T;
    answer = ask();
    isKnown = true;
    setImmediate(forget);
    return answer;
  };
}
