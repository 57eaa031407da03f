import { startingAgent } from './user-agent.ts';

/** What Chromium is started with; each one has its reason. */
export interface FlagOptions {
  readonly profile: string;
  readonly sandbox: boolean;
  /** `http://127.0.0.1:port` of the gate that everything the browser loads goes through. */
  readonly proxyServer: string | undefined;
  /** Whether /dev/shm is large enough for what its processes share; otherwise files in the temporary folder must do. */
  readonly sharedMemory: boolean;
}

/** Device pixels of a CSS pixel of the browser's own screen: what nearly all pictures are drawn at. */
export const screenScale = 2;

const disabledFeatures = [
  'WebRtcHideLocalIpsWithMdns', // with no UDP there is no address to hide, and mDNS would be said to the whole network
  'MediaRouter', // looks for screens in the network
  'DialMediaRouteProvider',
  'OptimizationHints', // asks the browser's maker
  'Translate',
  'AutofillServerCommunication',
  'BackForwardCache', // a document that is left is gone, with all that runs in it
  // A page keeps its display from one document of a website to the next. The first frame of each new display is drawn in
  // full, whoever asks for it, and all of it once more for the second.
  'RenderDocument',
];

export function browserFlags({ profile, sandbox, proxyServer, sharedMemory }: FlagOptions): string[] {
  return [
    '--headless',
    '--remote-debugging-pipe', // no DevTools port that a page could reach; and Chromium ends when the pipe closes
    `--user-data-dir=${profile}`,
    ...(sandbox ? [] : ['--no-sandbox']),
    ...(proxyServer === undefined
      ? []
      : [
          `--proxy-server=${proxyServer}`,
          '--proxy-bypass-list=<-loopback>', // loopback through the proxy too: it is not exempt
          // The proxy looks names up. What knows no proxy (WebRTC's TURN over TCP, say) would ask the system's name server,
          // and tell it whatever a page writes into a name. Addresses are names here; that of the proxies is none.
          '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
        ]),
    // WebRTC's UDP knows no proxy: none of it. The shell knows the switch by the first name, and needs its value.
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
    '--disable-gpu', // there is none on a server, and looking for one costs the start
    '--disable-gpu-shader-disk-cache', // it would stay empty, and is cleared all the same after each drawing
    ...(sharedMemory ? [] : ['--disable-dev-shm-usage']),
    '--run-all-compositor-stages-before-draw', // a frame that is issued is whole
    // Motion that the compositor runs by itself begins with a frame on its display, and most of ours have none.
    '--disable-threaded-animation',
    // The screen that nobody sees; nothing is scaled down to it then.
    `--force-device-scale-factor=${screenScale}`,
    // A picture is drawn of four tiles, not of fifty of 256 by 256 pixels, each with memory of its own that has to be made.
    '--default-tile-width=2400',
    '--default-tile-height=640',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding', // pages are never in the foreground here, and must draw all the same
    '--font-render-hinting=none', // glyphs of the same shape whatever the scale
    '--force-color-profile=srgb',
    '--hide-scrollbars',
    `--user-agent=${startingAgent}`,
    '--mute-audio',
    'about:blank',
  ];
}
