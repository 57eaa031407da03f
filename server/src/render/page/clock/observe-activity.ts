/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Activity } from './activity.ts';

type Observed = Window & { readonly [key: symbol]: ((left: number) => Activity) | undefined };

/**
 * Runs before each document's scripts, in the page's own world: notes timers, animation frames, shadow trees and what takes the
 * machine's time, so that a page of which nothing can change any more is captured at once. Functions stay Chromium's own
 * behind proxies, which look like them.
 */
const observeActivity = (): void => {
  const key = Symbol.for('ogplus.activity');
  const { apply } = Reflect;
  const { Promise: NativePromise, MutationObserver: NativeObserver } = window;
  const { then } = NativePromise.prototype;
  const clock = performance.now.bind(performance);
  const { getAnimations } = Document.prototype;
  const { getAnimations: getShadowAnimations } = ShadowRoot.prototype;
  const animationsOf = (root: Document | ShadowRoot): Animation[] =>
    root instanceof Document ? apply(getAnimations, root, []) : apply(getShadowAnimations, root, []);
  const contextOf = HTMLCanvasElement.prototype.getContext;

  const observed = (
    owner: object | undefined,
    name: string,
    called: (result: unknown, args: unknown[], self: unknown) => void,
  ) => {
    const native: unknown = owner && Reflect.get(owner, name);
    if (owner === undefined || typeof native !== 'function') return;
    const proxy = new Proxy(native, {
      apply(target, self, args) {
        const result = apply(target as () => unknown, self, args);
        called(result, args, self);
        return result;
      },
    });
    Reflect.set(owner, name, proxy);
  };

  // Timers. A chain of short ones is slowed down to 4 ms each.
  const shortest = 4;
  const mostTimers = 5000;
  let unnamed = 0;
  const timers = new Map<number, { readonly start: number; readonly delay: number; readonly repeats: boolean }>();
  const isOver = ({ start, delay, repeats }: { start: number; delay: number; repeats: boolean }) =>
    !repeats && start + delay < clock() - 1;
  const prune = () => {
    for (const [id, timer] of timers) if (isOver(timer)) timers.delete(id);
  };
  const set = (id: number, delay: unknown, repeats: boolean) => {
    if (timers.size >= mostTimers) prune();
    timers.set(id, { start: clock(), delay: Math.max(shortest, Number(delay) || 0), repeats });
  };
  const clear = (_: unknown, [id]: unknown[]) => void timers.delete(Number(id));
  observed(window, 'setTimeout', (id, [, delay]) => set(Number(id), delay, false));
  observed(window, 'setInterval', (id, [, delay]) => set(Number(id), delay, true));
  observed(window, 'clearTimeout', clear);
  observed(window, 'clearInterval', clear);
  observed(AbortSignal, 'timeout', (_, [delay]) => set(--unnamed, delay, false));
  const { Scheduler } = window as { Scheduler?: { prototype: object } };
  observed(Scheduler?.prototype, 'postTask', (_, [, options]) => {
    const { delay = 0 } = (options ?? {}) as { delay?: number };
    if (delay > 0) set(--unnamed, delay, false);
  });
  const untilTimer = (
    counts: (timer: { start: number; delay: number; repeats: boolean }) => boolean,
  ): number | null => {
    prune();
    const now = clock();
    let next = Number.POSITIVE_INFINITY;
    for (const timer of timers.values()) {
      const { start, delay, repeats } = timer;
      const left = repeats ? delay - ((now - start) % delay) : start + delay - now;
      if (counts(timer)) next = Math.min(next, Math.max(0, left));
    }
    return next === Number.POSITIVE_INFINITY ? null : next;
  };
  const isNew = ({ start, delay, repeats }: { start: number; delay: number; repeats: boolean }) =>
    !repeats || clock() < start + delay;

  /** Callbacks that were requested and have neither been called nor cancelled. */
  const requested = (request: string, cancel: string, onRequest = () => {}, onCall = () => {}): Set<number> => {
    const open = new Set<number>();
    const native: unknown = Reflect.get(window, request);
    if (typeof native !== 'function') return open;
    const proxy = new Proxy(native, {
      apply(target, self, [callback, ...rest]) {
        let id = 0;
        const called = function (this: unknown, ...given: unknown[]) {
          open.delete(id);
          onCall();
          return apply(callback, this, given);
        };
        id = apply(target, self, [typeof callback === 'function' ? called : callback, ...rest]);
        open.add(id);
        onRequest();
        return id;
      },
    });
    Reflect.set(window, request, proxy);
    observed(window, cancel, (_, [id]) => void open.delete(Number(id)));
    return open;
  };
  const idleCallbacks = requested('requestIdleCallback', 'cancelIdleCallback');

  // A request counts until its frame has come: one may look at the page twice before. Frames never come to what is not shown.
  const looksForAFrame = 4;
  let requestedFrame = false;
  let looksSinceFrame = 0;
  const frames = requested(
    'requestAnimationFrame',
    'cancelAnimationFrame',
    () => {
      requestedFrame = true;
    },
    () => {
      looksSinceFrame = 0;
    },
  );
  const awaitsFrame = () => frames.size > 0 && ++looksSinceFrame < looksForAFrame;

  // Smooth scrolling is an animation that only its events tell of, from the second frame on.
  const framesOfScroll = 3;
  let scrolls = 0;
  const scrolled = () => {
    scrolls = framesOfScroll;
  };
  for (const name of ['scroll', 'scrollTo', 'scrollBy', 'scrollIntoView'])
    for (const owner of [window, Element.prototype]) observed(owner, name, scrolled);
  for (const name of ['scrollTop', 'scrollLeft']) {
    const property = Object.getOwnPropertyDescriptor(Element.prototype, name);
    if (property === undefined) continue;
    observed(property, 'set', scrolled);
    Object.defineProperty(Element.prototype, name, property);
  }
  for (const name of ['scroll', 'hashchange']) addEventListener(name, scrolled, { capture: true, passive: true });

  // What takes the machine's time, and ends with a promise or an event.
  let awaited = 0;
  const done = () => {
    awaited--;
  };
  const awaits = (result: unknown) => {
    if (!(result instanceof NativePromise)) return;
    awaited++;
    apply(then, result, [done, done]);
  };
  const listens = (target: EventTarget, names: readonly string[]) => {
    awaited++;
    let isDone = false;
    for (const name of names) {
      const end = () => {
        if (!isDone) done();
        isDone = true;
      };
      target.addEventListener(name, end, { once: true });
    }
  };
  const ofWindow = window as unknown as { readonly [name: string]: { prototype: object } | undefined };
  const promising: ReadonlyArray<readonly [object | undefined, readonly string[]]> = [
    [window, ['createImageBitmap']],
    [window.WebAssembly, ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming']],
    [
      window.SubtleCrypto?.prototype,
      ['digest', 'encrypt', 'decrypt', 'sign', 'verify', 'generateKey', 'deriveKey', 'deriveBits', 'importKey'],
    ],
    [Blob.prototype, ['text', 'arrayBuffer']],
    [Response.prototype, ['text', 'json', 'arrayBuffer', 'blob', 'formData']],
    [HTMLImageElement.prototype, ['decode']],
    [window.IDBFactory?.prototype, ['databases']],
    [window.CacheStorage?.prototype, ['open', 'match', 'has', 'keys', 'delete']],
    [window.Cache?.prototype, ['match', 'matchAll', 'add', 'addAll', 'put', 'keys', 'delete']],
    [window.StorageManager?.prototype, ['getDirectory', 'estimate', 'persisted', 'persist']],
    [window.FileSystemDirectoryHandle?.prototype, ['getFileHandle', 'getDirectoryHandle', 'removeEntry']],
    [window.FileSystemFileHandle?.prototype, ['getFile', 'createWritable']],
    [window.ServiceWorkerContainer?.prototype, ['getRegistration', 'getRegistrations']],
    [window.Permissions?.prototype, ['query']],
    [window.MediaCapabilities?.prototype, ['decodingInfo']],
    [window.BaseAudioContext?.prototype, ['decodeAudioData']],
    [window.OfflineAudioContext?.prototype, ['startRendering']],
    [window.OffscreenCanvas?.prototype, ['convertToBlob']],
    [ofWindow['CookieStore']?.prototype, ['get', 'getAll', 'set', 'delete']],
    [ofWindow['NavigatorUAData']?.prototype, ['getHighEntropyValues']],
  ];
  for (const [owner, names] of promising) for (const name of names) observed(owner, name, awaits);
  const requesting: ReadonlyArray<readonly [object | undefined, readonly string[]]> = [
    [window.IDBFactory?.prototype, ['open', 'deleteDatabase']],
    [window.IDBDatabase?.prototype, ['transaction']],
  ];
  for (const [owner, names] of requesting)
    for (const name of names)
      observed(owner, name, (result) => {
        if (result instanceof EventTarget) listens(result, ['success', 'complete', 'error', 'abort', 'blocked']);
      });

  const reading = ['readAsText', 'readAsDataURL', 'readAsArrayBuffer', 'readAsBinaryString'];
  for (const name of reading)
    observed(FileReader.prototype, name, (_, __, reader) => listens(reader as FileReader, ['loadend']));

  // Workers that were sent a message and have not answered since: their script may still be on its way.
  const asked = new Set<Worker>();
  const { addEventListener: listen } = EventTarget.prototype;
  const { Worker: NativeWorker } = window;
  if (NativeWorker !== undefined) {
    window.Worker = new Proxy(NativeWorker, {
      construct(target, args, made) {
        const worker = Reflect.construct(target, args, made) as Worker;
        for (const name of ['message', 'error', 'messageerror'])
          apply(listen, worker, [name, () => void asked.delete(worker)]);
        return worker;
      },
    });
    NativeWorker.prototype.constructor = window.Worker;
    const { postMessage, terminate } = NativeWorker.prototype;
    NativeWorker.prototype.postMessage = new Proxy(postMessage, {
      apply(target, self, args) {
        apply(target, self, args);
        asked.add(self);
      },
    });
    NativeWorker.prototype.terminate = new Proxy(terminate, {
      apply(target, self, args) {
        apply(target, self, args);
        asked.delete(self);
      },
    });
  }

  const roots: Array<WeakRef<ShadowRoot>> = [];
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  let changed = true;
  let observer: MutationObserver | undefined;
  observed(Element.prototype, 'attachShadow', (root) => {
    roots.push(new WeakRef(root as ShadowRoot));
    observer?.observe(root as ShadowRoot, everything);
  });
  const startObserver = () => {
    observer = new NativeObserver(() => {
      changed = true;
    });
    observer.observe(document, everything);
    // Those that the parser attached.
    const most = 5000;
    const known = new Set(roots.map((root) => root.deref()));
    for (const { shadowRoot } of [...document.querySelectorAll('*')].slice(0, most))
      if (shadowRoot !== null && !known.has(shadowRoot)) roots.push(new WeakRef(shadowRoot));
    for (const root of roots) {
      const shadow = root.deref();
      if (shadow !== undefined) observer.observe(shadow, everything);
    }
  };

  const look = (left: number): Activity => {
    if (observer === undefined) startObserver();
    const shadows = roots.map((root) => root.deref()).filter((root) => root?.isConnected === true);
    const animations = [document, ...shadows].flatMap((root) => (root === undefined ? [] : animationsOf(root)));
    let animationEnd = Number.POSITIVE_INFINITY;
    for (const { playState, pending, timeline, effect, currentTime, playbackRate } of animations) {
      if (timeline !== document.timeline || (playState !== 'running' && !pending)) continue;
      const { endTime } = effect?.getComputedTiming() ?? {};
      if (typeof endTime !== 'number') continue;
      const time = typeof currentTime === 'number' ? currentTime : 0;
      const rest = (playbackRate < 0 ? time : endTime - time) / Math.abs(playbackRate || 1);
      if (rest <= left) animationEnd = Math.min(animationEnd, Math.max(0, rest));
    }
    // Not in the types yet: Chromium has it since 142. Its pictures are taken before its animations begin.
    const { activeViewTransition } = document as Document & { activeViewTransition?: unknown };
    const transits = (activeViewTransition ?? null) !== null;
    const isOfTransition = ({ effect }: Animation) =>
      effect instanceof KeyframeEffect && effect.pseudoElement?.startsWith('::view-transition') === true;
    // One that a worker draws is handed over by the worker, and a displayed frame may wait for it for ever. Asked for no kind
    // of context, all others have none.
    const isWorkers = (canvas: HTMLCanvasElement) => {
      try {
        return apply(contextOf, canvas, ['none']) !== null;
      } catch {
        return true;
      }
    };
    const canvases = [...document.querySelectorAll('canvas')];
    const isDrawnByWorker = canvases.some(isWorkers);
    const isAnimating = awaitsFrame() || requestedFrame;
    const plays = (media: HTMLVideoElement) =>
      media.networkState === HTMLMediaElement.NETWORK_LOADING || (!media.paused && !media.ended);
    const isPlaying = [...document.querySelectorAll('video')].some(plays);
    const unseen =
      'marquee, object, embed, meta[http-equiv="refresh" i], animate, animateTransform, animateMotion, set';
    const isAnimated = ({ currentSrc }: HTMLImageElement) => /^data:image\/gif|\.gif([?#]|$)/i.test(currentSrc);
    const own: Activity = {
      now: clock(),
      changed,
      requestedFrame: isAnimating || scrolls > 0,
      nextTimer: untilTimer(() => true),
      nextNewTimer: untilTimer(isNew),
      animationEnd: animationEnd === Number.POSITIVE_INFINITY ? null : animationEnd,
      isAwaiting: awaited > 0 || idleCallbacks.size > 0,
      awaitsWorker: asked.size > 0,
      moves: transits || isPlaying || (canvases.length > 0 && (isAnimating || isDrawnByWorker)),
      isOpaque:
        timers.size >= mostTimers ||
        isDrawnByWorker ||
        document.fonts.status === 'loading' || // text may be shown in another font, some seconds later
        document.querySelector(unseen) !== null ||
        [...document.images].some(isAnimated),
      needsDisplay: transits ? !animations.some(isOfTransition) : canvases.length > 0 && !isDrawnByWorker,
    };
    changed = false;
    requestedFrame = false;
    scrolls = Math.max(0, scrolls - 1);
    return [...Array(window.length).keys()].map((n) => ofFrame(n, left)).reduce(together, own);
  };
  const least = (one: number | null, other: number | null) =>
    one === null || other === null ? (one ?? other) : Math.min(one, other);
  const together = (all: Activity, one: Activity | undefined): Activity => ({
    now: all.now,
    changed: all.changed || one?.changed === true,
    requestedFrame: all.requestedFrame || one?.requestedFrame === true,
    nextTimer: least(all.nextTimer, one?.nextTimer ?? null),
    nextNewTimer: least(all.nextNewTimer, one?.nextNewTimer ?? null),
    animationEnd: least(all.animationEnd, one?.animationEnd ?? null),
    isAwaiting: all.isAwaiting || one?.isAwaiting === true,
    awaitsWorker: all.awaitsWorker || one?.awaitsWorker === true,
    moves: all.moves || one?.moves === true,
    isOpaque: all.isOpaque || one === undefined || one.isOpaque,
    needsDisplay: all.needsDisplay || one?.needsDisplay === true,
  });
  /** Undefined for a document of another website. */
  const ofFrame = (n: number, left: number): Activity | undefined => {
    try {
      return (window[n] as Observed | undefined)?.[key]?.(left);
    } catch {
      return undefined;
    }
  };
  Object.defineProperty(window, key, { value: look });
};

export const observeActivityScript = `(${observeActivity.toString()})()`;
