const listening = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `told` when the signal aborts, unless `offAbort` was called before. For a signal that lives as long as the service and
 * has a listener for each request: an `AbortSignal` looks through all its listeners for each one that comes or goes.
 */
export function onAbort(signal: AbortSignal, told: () => void): void {
  const known = listening.get(signal);
  if (known !== undefined) {
    known.add(told);
    return;
  }
  const listeners = new Set([told]);
  listening.set(signal, listeners);
  signal.addEventListener('abort', () => {
    for (const each of listeners) each();
  });
}

export function offAbort(signal: AbortSignal, told: () => void): void {
  listening.get(signal)?.delete(told);
}
