import type { ServerResponse } from 'node:http';

/** What a page's own website answers in a frame: each names an address in its fields, or in other bytes that come with it. */
export const answers: Readonly<Record<string, (res: ServerResponse, url: string) => void>> = {
  // RFC 8297
  '/early-hints': (res, url) => {
    const hints = ['preload; as=image', 'preload; as=style', 'modulepreload', 'preconnect', 'dns-prefetch'];
    res.writeEarlyHints({ link: hints.map((rel) => `<${url}>; rel=${rel}`) }, () => document(res));
  },
  '/fields': (res, url) => {
    const group = { group: 'a', max_age: 9999, endpoints: [{ url }] };
    document(res, {
      'Reporting-Endpoints': `a="${url}", default="${url}"`,
      'Report-To': JSON.stringify(group),
      NEL: '{"report_to":"a","max_age":9999,"success_fraction":1,"failure_fraction":1}',
      'Content-Security-Policy': "img-src 'none'; report-to a",
      'Content-Security-Policy-Report-Only': `default-src 'none'; report-uri ${url}`,
      'Cross-Origin-Embedder-Policy-Report-Only': 'require-corp; report-to="a"',
      'Cross-Origin-Opener-Policy-Report-Only': 'same-origin; report-to="a"',
      'Permissions-Policy-Report-Only': 'geolocation=();report-to=a',
      'Document-Policy-Report-Only': 'document-write=?0;report-to=a',
      'Integrity-Policy': 'blocked-destinations=(script), endpoints=(a)',
      'Speculation-Rules': `"${url}"`,
      'Attribution-Reporting-Register-Source': JSON.stringify({ destination: url, debug_reporting: true }),
      'Attribution-Reporting-Redirect': url,
      'Sec-Session-Registration': `(ES256);path="${url}";challenge="x"`,
      'Alt-Svc': `h2="${new URL(url).host}"; ma=9999, h3="${new URL(url).host}"; ma=9999`,
      SourceMap: url,
      Refresh: `0; url=${url}`,
    });
  },
  // draft-yasskin-http-origin-signed-responses, "application/signed-exchange": what is not valid leads to its fallback address.
  '/signed-exchange': (res, url) => {
    const fallback = Buffer.from(url.replace(/^http:/, 'https:'));
    const length = Buffer.alloc(2);
    length.writeUInt16BE(fallback.length);
    const signature = Buffer.from(
      `x; sig=*AA==*; integrity="digest/mi-sha256-03"; cert-url="${fallback}"; cert-sha256=*AA==*; validity-url="${fallback}"; date=1; expires=2`,
    );
    const lengths = Buffer.from([0, signature.length >> 8, signature.length & 0xff, 0, 0, 1]);
    const body = Buffer.concat([Buffer.from('sxg1-b3\0'), length, fallback, lengths, signature, Buffer.from([0xa0])]);
    const type = 'application/signed-exchange;v=b3';
    res.writeHead(200, { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' }).end(body);
  },
};

function document(res: ServerResponse, fields: Readonly<Record<string, string>> = {}): void {
  const body = '<img src="/x.png"><script>document.write("x")</script><script src="/x.js"></script>';
  res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store', ...fields }).end(body);
}
