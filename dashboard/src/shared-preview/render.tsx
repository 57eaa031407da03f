import '@fontsource-variable/inter/wght.css';
import './global.css';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { SharedPage } from '../api/types.ts';
import { text } from '../text/text.ts';
import { Ended } from './ended.tsx';
import { Page } from './page.tsx';

const words = text.sharedPreview.page;

/** The document of a shared preview: no script, and no style but the given one, so that its policy can name it by its hash. */
export function sharedPreview(page: SharedPage, style: string): string {
  const { url, address } = page;
  const domain = new URL(url).host.replace(/^www\./, '');
  const title = words.title(page.document?.title ?? domain);
  const description = words.description(domain);
  return documentOf(
    style,
    <>
      <title>{title}</title>
      <meta name="description" content={description} />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:site_name" content={text.product} />
      <meta property="og:url" content={address} />
      <meta property="og:image" content={`${address}/og-image`} />
      <meta property="og:image:alt" content={title} />
      <meta name="twitter:card" content="summary_large_image" />
    </>,
    <Page page={page} />,
  );
}

/** The page for a link that was revoked or has expired. */
export function endedPreview(style: string): string {
  return documentOf(style, <title>{words.ended.title}</title>, <Ended />);
}

function documentOf(style: string, head: ReactNode, body: ReactNode): string {
  const html = (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {head}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>{body}</body>
    </html>
  );
  return `<!doctype html>${renderToStaticMarkup(html)}`;
}
