import type { Store } from '../../../src/store/ports/store.ts';

/** A store, and whether anything that was asked of it is unanswered. */
export function watched(store: Store): { readonly store: Store; readonly isBusy: () => boolean } {
  let unanswered = 0;
  const count = <T>(answer: T): T => {
    if (!(answer instanceof Promise)) return answer;
    unanswered++;
    const answered = () => void unanswered--;
    answer.then(answered, answered);
    return answer;
  };
  const seen = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(_, name) {
        const member: unknown = Reflect.get(port, name);
        if (typeof member === 'function') return (...given: unknown[]) => count(Reflect.apply(member, port, given));
        return typeof member === 'object' && member !== null ? seen(member) : member;
      },
    });
  return { store: seen(store), isBusy: () => unanswered > 0 };
}
