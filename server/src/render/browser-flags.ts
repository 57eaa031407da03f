/** What Chromium is started with; each one has its reason. */
export interface FlagOptions {
  readonly profile: string;
  readonly sandbox: boolean;
  /** `http://127.0.0.1:port` of the gate that everything the browser loads goes through. */
  readonly proxyServer: string | undefined;
}

const disabledFeatures = [
  'WebRtcHideLocalIpsWithMdns', // with no UDP there is no address to hide, and mDNS would be said to the whole network
  'MediaRouter', // looks for screens in the network
  'DialMediaRouteProvider',
  'OptimizationHints', // asks the browser's maker
  'Translate',
  'AutofillServerCommunication',
];

export function browserFlags({ profile, sandbox, proxyServer }: FlagOptions): string[] {
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
    '--disable-dev-shm-usage', // containers often have 64 MB of /dev/shm, which one large page fills
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding', // pages are never in the foreground here, and must draw all the same
    '--font-render-hinting=none', // glyphs of the same shape whatever the scale
    '--force-color-profile=srgb',
    '--hide-scrollbars',
    '--mute-audio',
    'about:blank',
  ];
}
