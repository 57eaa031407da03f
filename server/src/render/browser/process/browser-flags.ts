import { startingAgent } from '../user-agent.ts';

/** Chromium's command-line switches, each with its reason. */
export interface FlagOptions {
  readonly profile: string;
  readonly sandbox: boolean;
  /** `http://127.0.0.1:port` of the gate that all of the browser's traffic goes through. */
  readonly proxyServer: string | undefined;
  /** Whether /dev/shm is large enough for the browser's shared memory; otherwise it uses temporary files. */
  readonly sharedMemory: boolean;
}

/** Device pixels per CSS pixel of the browser's own screen: the scale of nearly all pictures. */
export const screenScale = 2;

const disabledFeatures = [
  'WebRtcHideLocalIpsWithMdns', // without UDP there is no address to hide, and mDNS would reach the whole network
  'MediaRouter', // searches the network for screens
  'DialMediaRouteProvider',
  'OptimizationHints', // sends requests to the browser's vendor
  'Translate',
  'AutofillServerCommunication',
  'BackForwardCache', // a document that was left must not stay in memory with all that runs in it
  // Keeps a page's display between documents of a website. The first frame of a new display is always drawn in full, and
  // all of it again for the second.
  'RenderDocument',
];

export function browserFlags({ profile, sandbox, proxyServer, sharedMemory }: FlagOptions): string[] {
  return [
    '--headless',
    '--remote-debugging-pipe', // no DevTools port that a page could reach; and Chromium exits when the pipe closes
    `--user-data-dir=${profile}`,
    ...(sandbox ? [] : ['--no-sandbox']),
    ...(proxyServer === undefined
      ? []
      : [
          `--proxy-server=${proxyServer}`,
          '--proxy-bypass-list=<-loopback>', // sends loopback through the proxy too
          // The proxy resolves names. Whatever bypasses proxies (WebRTC's TURN over TCP, for example) would ask the system's
          // resolver, and leak whatever a page writes into a name. Addresses count as names here, except the proxy's.
          '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
        ]),
    // WebRTC's UDP bypasses proxies, so it is off. The headless shell knows the switch by its first name, and needs its value.
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic', // UDP again
    '--dns-prefetch-disable',
    '--no-first-run',
    '--no-pings',
    '--disable-background-networking',
    '--disable-breakpad', // no crash reports to anyone
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-sync',
    `--disable-features=${disabledFeatures.join()}`,
    '--metrics-recording-only',
    '--deny-permission-prompts',
    '--disable-gpu', // servers have none, and looking for one slows the start
    '--disable-gpu-shader-disk-cache', // it would stay empty, and is cleared after each render all the same
    ...(sharedMemory ? [] : ['--disable-dev-shm-usage']),
    '--run-all-compositor-stages-before-draw', // every issued frame is complete
    // An animation on the compositor thread starts with a frame on its display, and most of our frames have none.
    '--disable-threaded-animation',
    // The invisible screen's scale; nothing is scaled down to it then.
    `--force-device-scale-factor=${screenScale}`,
    // A picture is drawn of four tiles instead of fifty of 256 by 256 pixels, each with memory of its own.
    '--default-tile-width=2400',
    '--default-tile-height=640',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding', // pages are never in the foreground here, and must render all the same
    '--font-render-hinting=none', // the same glyph shapes at every scale
    '--force-color-profile=srgb',
    '--hide-scrollbars',
    // Headless browsers have no mouse, and charts and menus look otherwise without one: `hover: hover`, `pointer: fine`.
    '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
    `--user-agent=${startingAgent}`,
    '--mute-audio',
    'about:blank',
  ];
}
