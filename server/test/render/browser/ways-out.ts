import { html } from '../harness.ts';

/** One way in which a page can try to reach an address. */
export interface WayOut {
  readonly name: string;
  /** A page that tries it with each address, all at once. */
  readonly page: (urls: readonly string[]) => string;
  /** What such a page is made of, if it may hold other ways too: it is neither left by them nor replaced. */
  readonly parts?: (urls: readonly string[]) => Parts;
  /** Whether an address hears of it when it may be reached. False: Chromium, or a flag of ours, does not do it at all. */
  readonly isHeard: boolean;
  /** Response fields of the page. */
  readonly headers?: (urls: readonly string[]) => Record<string, string>;
}

interface Parts {
  readonly head: string;
  readonly body: string;
}

const pageOf = (parts: readonly Parts[]) =>
  html(`<p>text</p>${parts.map(({ body }) => body).join('\n')}`, parts.map(({ head }) => head).join('\n'));

/** Ways that are tried in one page: a few that are heard, or a few that are not, or one that a page is left by. */
export interface Attempt {
  readonly names: readonly string[];
  readonly isHeard: boolean;
  readonly page: (urlsOf: (name: string) => readonly string[]) => string;
  readonly headers: (urlsOf: (name: string) => readonly string[]) => Record<string, string>;
  /** Whether it is seen in a request which of the ways was taken. */
  readonly isNamed: boolean;
}

const mostInOnePage = 12;

/** All ways, in as few pages as they can be tried in. */
export function attempts(): Attempt[] {
  const together = [true, false].flatMap((isHeard) => {
    const ways = waysOut.filter((way) => way.parts !== undefined && way.isHeard === isHeard);
    return Array.from({ length: Math.ceil(ways.length / mostInOnePage) }, (_, n): Attempt => {
      const some = ways.slice(n * mostInOnePage, (n + 1) * mostInOnePage);
      return {
        names: some.map(({ name }) => name),
        isHeard,
        page: (urlsOf) => pageOf(some.flatMap(({ name, parts }) => parts?.(urlsOf(name)) ?? [])),
        headers: () => ({}),
        isNamed: true,
      };
    });
  });
  const alone = waysOut
    .filter(({ parts }) => parts === undefined)
    .map(({ name, page, headers, isHeard }): Attempt => {
      const fields = (urlsOf: (name: string) => readonly string[]) => headers?.(urlsOf(name)) ?? {};
      return { names: [name], isHeard, page: (urlsOf) => page(urlsOf(name)), headers: fields, isNamed: false };
    });
  return [...together, ...alone];
}

type ToMarkup = (url: string) => string;

function way(name: string, parts: (urls: readonly string[]) => Parts, isHeard: boolean): WayOut {
  return { name, isHeard, parts, page: (urls) => pageOf([parts(urls)]) };
}
const inBody = (name: string, markup: ToMarkup, isHeard = true): WayOut =>
  way(name, (urls) => ({ head: '', body: urls.map(markup).join('\n') }), isHeard);
const inHead = (name: string, markup: ToMarkup, isHeard = true): WayOut =>
  way(name, (urls) => ({ head: urls.map(markup).join('\n'), body: '' }), isHeard);
const byScript = (name: string, script: string, isHeard = true): WayOut => {
  const loop = (urls: readonly string[]) =>
    `<script>for (const url of ${JSON.stringify(urls)}) { try { ${script} } catch {} }</script>`;
  return way(name, (urls) => ({ head: '', body: loop(urls) }), isHeard);
};
const inFrame = (name: string, content: ToMarkup, isHeard = true): WayOut =>
  inBody(
    name,
    (url) => `<iframe srcdoc="${content(url).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`,
    isHeard,
  );
const inAnswer = (name: string, path: string, isHeard: boolean): WayOut =>
  inBody(name, (url) => `<iframe src="${path}?url=${encodeURIComponent(url)}"></iframe>`, isHeard);
/** A page that does this does nothing else, or says nothing of it in a request. */
const alone = ({ name, page, isHeard }: WayOut): WayOut => ({ name, page, isHeard });
const blobOf = (code: string) =>
  `URL.createObjectURL(new Blob(["const url = " + JSON.stringify(url) + ";" + ${JSON.stringify(code)}], { type: 'text/javascript' }))`;

const webSocket = `new WebSocket(url.replace(/^http/, 'ws'))`;
const fetches = `fetch(url, { mode: 'no-cors' }).catch(() => {})`;
const stun = (kind: string, more: string) => `
  const { hostname, port } = new URL(url);
  const peer = new RTCPeerConnection({ iceServers: [{ urls: '${kind}:' + hostname + ':' + port + '${more}', username: 'a', credential: 'b' }] });
  peer.createDataChannel('x');
  peer.createOffer().then((offer) => peer.setLocalDescription(offer)).catch(() => {});`;

export const waysOut: readonly WayOut[] = [
  inBody('img', (url) => `<img src="${url}">`),
  inBody('img srcset', (url) => `<img srcset="${url} 1x, ${url} 2x">`),
  inBody('picture', (url) => `<picture><source srcset="${url}"><img></picture>`),
  inBody('lazy img', (url) => `<img loading="lazy" src="${url}">`),
  inBody('image button', (url) => `<input type="image" src="${url}">`),
  inBody('body background', (url) => `<table background="${url}"><td>x</table>`),
  inBody('video', (url) => `<video src="${url}" preload="auto" autoplay muted></video>`),
  inBody('video poster', (url) => `<video poster="${url}"></video>`),
  inBody('audio source', (url) => `<audio preload="auto"><source src="${url}"></audio>`),
  inBody('track', (url) => `<video src="data:video/mp4,x"><track default src="${url}"></video>`, false),
  inBody('embed', (url) => `<embed src="${url}" type="text/html">`),
  inBody('object', (url) => `<object data="${url}" type="text/html"></object>`),
  inBody('iframe', (url) => `<iframe src="${url}"></iframe>`),
  inBody('sandboxed iframe', (url) => `<iframe sandbox src="${url}"></iframe>`),
  inFrame('iframe in srcdoc', (url) => `<iframe src="${url}"></iframe>`),
  inFrame('img in srcdoc', (url) => `<img src="${url}">`),
  inBody(
    'img in a data: iframe',
    (url) => `<iframe src="data:text/html,${encodeURIComponent(`<img src="${url}">`)}"></iframe>`,
  ),
  inBody(
    'fetch in a sandboxed data: iframe',
    (url) =>
      `<iframe sandbox="allow-scripts" src="data:text/html,${encodeURIComponent(`<script>const url = '${url}'; ${fetches}</script>`)}"></iframe>`,
  ),
  byScript(
    'img in a blob: iframe',
    `
    const frame = document.createElement('iframe');
    frame.src = URL.createObjectURL(new Blob(['<img src="' + url + '">'], { type: 'text/html' }));
    document.body.append(frame);`,
  ),
  inFrame('meta refresh in a frame', (url) => `<meta http-equiv="refresh" content="0;url=${url}">`),
  inFrame('location in a frame', (url) => `<script>location = '${url}'</script>`),
  inFrame(
    'form in a frame',
    (url) => `<form method="post" action="${url}"><input name="a"></form><script>document.forms[0].submit()</script>`,
  ),
  alone(inHead('meta refresh', (url) => `<meta http-equiv="refresh" content="0;url=${url}">`, false)),
  alone(byScript('location', 'location = url', false)),
  alone(byScript('location after the load', 'addEventListener("load", () => { location = url })', false)),
  alone(
    inBody(
      'form',
      (url) => `<form method="post" action="${url}"></form><script>document.forms[0].submit()</script>`,
      false,
    ),
  ),
  alone(byScript('window.open', 'open(url)', false)),
  alone(byScript('window.open without an opener', `open(url, '_blank', 'noopener')`, false)),
  alone(
    byScript(
      'a link that is clicked',
      `const a = document.createElement('a'); a.href = url; a.target = '_blank'; document.body.append(a); a.click();`,
      false,
    ),
  ),
  alone(
    byScript(
      'a ping',
      `const a = document.createElement('a'); a.href = '#x'; a.ping = url; document.body.append(a); a.click();`,
      false,
    ),
  ),
  alone(
    byScript(
      'a download',
      `const a = document.createElement('a'); a.href = url; a.download = 'x'; document.body.append(a); a.click();`,
      false,
    ),
  ),
  inHead('stylesheet', (url) => `<link rel="stylesheet" href="${url}">`),
  inHead('@import', (url) => `<style>@import url("${url}");</style>`),
  inBody('CSS background', (url) => `<div style="background:url('${url}');height:10px"></div>`),
  inBody('CSS image-set', (url) => `<div style="background:image-set('${url}' 1x, '${url}' 2x);height:10px"></div>`),
  inBody(
    'CSS mask, filter and clip',
    (url) => `<div style="mask:url('${url}');filter:url('${url}#a');clip-path:url('${url}#a');height:10px">x</div>`,
  ),
  inBody(
    'CSS content, list and border',
    (url) =>
      `<ul style="list-style-image:url('${url}')"><li style="content:url('${url}');border-image:url('${url}') 1">x</ul>`,
  ),
  inBody('CSS shape', (url) => `<div style="float:left;width:9px;height:9px;shape-outside:url('${url}')"></div>`),
  inBody(
    'font',
    (url) => `<style>@font-face{font-family:"${url}";src:url("${url}")}</style><p style="font-family:'${url}'">text`,
  ),
  byScript('FontFace', `new FontFace('f', 'url(' + url + ')').load().catch(() => {})`),
  ...[
    'icon',
    'apple-touch-icon',
    'manifest',
    'prerender',
    'dns-prefetch',
    'next',
    'search',
    'pingback',
    'import',
    'compression-dictionary',
  ].map((rel) => inHead(`link ${rel}`, (url) => `<link rel="${rel}" href="${url}">`, false)),
  inHead(
    'link preconnect',
    (url) => `<link rel="preconnect" href="${url}"><link rel="preconnect" crossorigin href="${url}">`,
    false,
  ),
  inHead('link prefetch', (url) => `<link rel="prefetch" href="${url}">`, false),
  inHead('link modulepreload', (url) => `<link rel="modulepreload" href="${url}">`),
  ...['image', 'script', 'style', 'font', 'fetch', 'track'].map((as) =>
    inHead(`link preload as ${as}`, (url) => `<link rel="preload" as="${as}" href="${url}" crossorigin>`),
  ),
  inHead(
    'speculation rules',
    (url) =>
      `<script type="speculationrules">${JSON.stringify({ prefetch: [{ urls: [url], eagerness: 'immediate' }], prerender: [{ urls: [url], eagerness: 'immediate' }] })}</script>`,
    false,
  ),
  inHead('script', (url) => `<script src="${url}"></script>`),
  inHead('module script', (url) => `<script type="module" src="${url}"></script>`),
  inHead('import in a module', (url) => `<script type="module">import '${url}'</script>`),
  byScript('import()', 'import(url).catch(() => {})'),
  byScript('fetch', fetches),
  byScript(
    'fetch with credentials and a body',
    `fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: 'x' }).catch(() => {})`,
  ),
  byScript('fetch that asks first', `fetch(url, { method: 'PUT', headers: { 'x-a': 'b' } }).catch(() => {})`),
  byScript('fetch that outlives the page', `fetch(url, { mode: 'no-cors', keepalive: true }).catch(() => {})`),
  byScript('fetchLater', 'fetchLater(url)', false),
  byScript('XMLHttpRequest', `const x = new XMLHttpRequest(); x.open('GET', url); x.send();`),
  alone(
    byScript(
      'XMLHttpRequest that blocks',
      `const x = new XMLHttpRequest(); x.open('GET', url, false); try { x.send() } catch {}`,
    ),
  ),
  byScript('sendBeacon', 'navigator.sendBeacon(url, "x")'),
  alone(
    byScript(
      'sendBeacon when the page goes',
      'addEventListener("pagehide", () => navigator.sendBeacon(url, "x"))',
      false,
    ),
  ),
  byScript('WebSocket', webSocket),
  byScript('WebSocketStream', `new WebSocketStream(url.replace(/^http/, 'ws'))`, false),
  byScript('EventSource', 'new EventSource(url)'),
  byScript('worker', `new Worker(${blobOf(fetches)})`),
  byScript('worker with a WebSocket', `new Worker(${blobOf(webSocket)})`),
  byScript('importScripts in a worker', `new Worker(${blobOf('importScripts(url)')})`),
  byScript('shared worker', `new SharedWorker(${blobOf(fetches)})`),
  byScript('worker from the address', 'new Worker(url)', false),
  byScript(
    'service worker',
    `navigator.serviceWorker.register('/service-worker?url=' + encodeURIComponent(url), { scope: '/' + btoa(url).replaceAll('/', '') }).catch(() => {})`,
  ),
  byScript('audio worklet', 'new AudioContext().audioWorklet.addModule(url).catch(() => {})'),
  byScript('paint worklet', 'CSS.paintWorklet.addModule(url).catch(() => {})'),
  byScript('shared storage worklet', 'sharedStorage.worklet.addModule(url).catch(() => {})', false),
  inBody('SVG image and use', (url) => `<svg><image href="${url}"/><use href="${url}#a"/></svg>`),
  inBody(
    'SVG filter and fill',
    (url) => `<svg><filter id="f"><feImage href="${url}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
  ),
  inBody(
    'img with an SVG that loads',
    (url) =>
      `<img src="data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`)}">`,
    false,
  ),
  alone(byScript('WebRTC, STUN', stun('stun', ''), false)),
  alone(byScript('WebRTC, TURN over UDP', stun('turn', '?transport=udp'), false)),
  alone(byScript('WebRTC, TURN over TCP', stun('turn', '?transport=tcp'))),
  alone(byScript('WebRTC, TURN over TLS', stun('turns', '?transport=tcp'))),
  alone(
    byScript(
      'WebRTC, a candidate of its own',
      `
    const { hostname, port } = new URL(url);
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    a.createDataChannel('x');
    a.createOffer().then(async (offer) => {
      await a.setLocalDescription(offer); await b.setRemoteDescription(offer);
      const answer = await b.createAnswer(); await b.setLocalDescription(answer); await a.setRemoteDescription(answer);
      for (const kind of ['udp', 'tcp']) await a.addIceCandidate({ sdpMid: '0', candidate: 'candidate:1 1 ' + kind + ' 2130706431 ' + hostname.replace(/^\\[|\\]$/g, '') + ' ' + port + ' typ host' + (kind === 'tcp' ? ' tcptype passive' : '') });
    }).catch(() => {});`,
      false,
    ),
  ),
  alone(byScript('WebTransport', `new WebTransport(url.replace(/^http:/, 'https:')).closed.catch(() => {})`, false)),
  byScript(
    'FedCM',
    `navigator.credentials.get({ identity: { providers: [{ configURL: url, clientId: 'x' }] } }).catch(() => {})`,
    false,
  ),
  byScript(
    'PaymentRequest',
    `new PaymentRequest([{ supportedMethods: url }], { total: { label: 'x', amount: { currency: 'USD', value: '1' } } }).canMakePayment().catch(() => {})`,
    false,
  ),
  byScript('a socket of an app', 'new TCPSocket(new URL(url).hostname, +new URL(url).port)', false),
  byScript('attribution', `const image = new Image(); image.attributionSrc = url; image.src = 'data:,';`, false),
  inBody(
    'attributionsrc',
    (url) =>
      `<img attributionsrc="${url}" src="data:,"><script attributionsrc="${url}" src="data:text/javascript,"></script>`,
    false,
  ),
  byScript(
    'private state token',
    `fetch(url, { mode: 'no-cors', privateToken: { version: 1, operation: 'token-request' } }).catch(() => {})`,
    false,
  ),
  byScript(
    'ad auction',
    `const { origin } = new URL(url);
    navigator.joinAdInterestGroup({ name: url, owner: location.origin, lifetimeMs: 9999, updateURL: url, biddingLogicURL: url }, 1000)?.catch(() => {});
    navigator.runAdAuction({ seller: origin, decisionLogicURL: url, interestGroupBuyers: [origin] })?.catch(() => {});`,
    false,
  ),
  inAnswer('Early Hints of a frame', '/early-hints', false),
  inAnswer('fields of a frame', '/fields', true),
  inAnswer('signed exchange in a frame', '/signed-exchange', false),
  inBody(
    'prefetched signed exchange',
    (url) => `<link rel="prefetch" as="document" href="/signed-exchange?url=${encodeURIComponent(url)}">`,
    false,
  ),
  alone(
    inBody(
      'fenced frame and portal',
      (url) => `<fencedframe src="${url}"></fencedframe><portal src="${url}"></portal>`,
      false,
    ),
  ),
  {
    name: 'violation reports of a policy',
    isHeard: true,
    headers: (urls) => ({
      'content-security-policy': `img-src 'none'; report-uri ${urls.join(' ')}`,
    }),
    page: () => html('<img src="/x.png">'),
  },
  {
    name: 'network error logging, reporting groups and Link fields',
    isHeard: true,
    headers: (urls) => ({
      nel: '{"report_to":"a","max_age":9999,"success_fraction":1,"failure_fraction":1}',
      'report-to': JSON.stringify({ group: 'a', max_age: 9999, endpoints: urls.map((url) => ({ url })) }),
      'reporting-endpoints': urls.map((url, n) => `${n === 0 ? 'default' : `a${n}`}="${url}"`).join(', '),
      link: urls
        .map((url) => `<${url}>; rel=preload; as=image, <${url}>; rel=preconnect, <${url}>; rel=stylesheet`)
        .join(', '),
    }),
    page: () => html('<img src="/x.png">'),
  },
  {
    name: 'XSLT and external entities',
    isHeard: false,
    headers: () => ({ 'content-type': 'application/xhtml+xml' }),
    page: ([url = '']) =>
      `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="${url}"?><!DOCTYPE html SYSTEM "${url}" [<!ENTITY a SYSTEM "${url}">]><html xmlns="http://www.w3.org/1999/xhtml"><head/><body>x</body></html>`,
  },
];

/** What origins redirect to: each status, and each form of a `Location`. */
export function redirects(target: string): ReadonlyArray<{ readonly status: number; readonly location: string }> {
  const { host, port } = new URL(target);
  const path = target.slice(target.indexOf('/', 8));
  const forms = [
    target,
    `//${host}${path}`,
    `HTTP://${host}${path}`,
    `\\\\${host}${path}`,
    `/\\${host}${path}`,
    `http:\\\\${host}${path}`,
    `http:/${host}${path}`,
    `http:${host}${path}`,
    `http://x@${host}${path}`,
    `http://127.0.0.2:${port}@${host}${path}`,
    ` ${target}\t`,
  ];
  return [
    ...forms.map((location) => ({ status: 302, location })),
    ...[301, 303, 307, 308].map((status) => ({ status, location: target })),
  ];
}
