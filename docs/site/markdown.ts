import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import nginx from 'highlight.js/lib/languages/nginx';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { Marked, type RendererObject, type Token, type Tokens } from 'marked';
import { escapeHtml } from './escape-html.ts';

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** What is written under one heading, for the search. */
export interface Passage {
  readonly heading: Heading;
  readonly text: string;
}

export interface Rendered {
  readonly html: string;
  readonly title: string;
  /** The first paragraph. */
  readonly description: string;
  readonly headings: readonly Heading[];
  readonly passages: readonly Passage[];
}

const languages = { bash, css, http, ini, javascript, json, nginx, php, python, ruby, typescript, xml, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
hljs.registerAliases(['vue', 'svelte', 'astro', 'erb'], { languageName: 'xml' });
hljs.registerAliases(['console'], { languageName: 'bash' });

/**
 * Renders a page. Its HTML is the repository's own, and is trusted.
 * @param link gives a link's or an image's address on the site.
 */
export function renderMarkdown(source: string, link: (href: string) => string): Rendered {
  const slug = slugs();
  const headings: Heading[] = [];
  const passages: Array<{ heading: Heading; text: string }> = [];
  let description = '';

  const marked = new Marked({ renderer: rendererOf(() => headings[written++]) });
  const tokens = marked.lexer(source);
  for (const token of tokens) {
    const text = textOf(token);
    if (token.type === 'heading') {
      const heading = { level: token['depth'], id: slug(text), text };
      headings.push(heading);
      passages.push({ heading, text: '' });
      continue;
    }
    if (description === '' && token.type === 'paragraph') description = text;
    const last = passages.at(-1);
    if (last !== undefined) last.text += `${text}\n`;
  }
  marked.walkTokens(tokens, (token) => {
    if (token.type === 'link' || token.type === 'image') token['href'] = link(token['href']);
  });

  let written = 0;
  const html = marked.parser(tokens);
  return { html, title: headings.find(({ level }) => level === 1)?.text ?? '', description, headings, passages };
}

/** What a token says, without its markup. */
function textOf(token: Token): string {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].map((cells) => cells.map(({ tokens }) => textsOf(tokens)).join(' ')).join('\n');
  }
  if (token.type === 'list') return (token as Tokens.List).items.map(({ tokens }) => textsOf(tokens)).join('\n');
  if (token.type === 'html' || token.type === 'space') return '';
  if ('tokens' in token && token.tokens !== undefined) return textsOf(token.tokens).trim();
  return 'text' in token ? decoded(String(token.text)).replace(/\s+/g, ' ') : '';
}

function textsOf(tokens: readonly Token[]): string {
  return tokens.map((token) => textOf(token)).join('');
}

/** marked leaves entities in texts as they were written. */
function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** @param nextHeading the headings in their order: the id of each is known already. */
function rendererOf(nextHeading: () => Heading | undefined): RendererObject {
  return {
    heading({ tokens, depth }) {
      const { id = '', text = '' } = nextHeading() ?? {};
      const anchor = `<a class="anchor" href="#${id}" aria-label="Link to ${escapeHtml(text)}">#</a>`;
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}${depth === 1 ? '' : anchor}</h${depth}>\n`;
    },
    code({ text, lang = '' }) {
      const code = hljs.getLanguage(lang) === undefined ? escapeHtml(text) : highlighted(text, lang);
      return `<pre><code>${code}</code></pre>\n`;
    },
    // Wide tables scroll by themselves, not with the page; they are reached with the keyboard for that.
    table({ header, rows }) {
      const row = (cells: readonly Tokens.TableCell[], tag: string) =>
        `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline([...tokens])}</${tag}>`).join('')}</tr>`;
      const body = rows.map((cells) => row(cells, 'td')).join('');
      const table = `<table><thead>${row(header, 'th')}</thead><tbody>${body}</tbody></table>`;
      return `<div class="table" tabindex="0" role="region" aria-label="Table">${table}</div>\n`;
    },
  };
}

function highlighted(code: string, name: string): string {
  return hljs.highlight(code, { language: name }).value;
}

/** Ids as GitHub makes them, so that links hold in both places. */
function slugs(): (text: string) => string {
  const used = new Map<string, number>();
  return (text) => {
    const plain = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = used.get(plain) ?? 0;
    used.set(plain, times + 1);
    return times === 0 ? plain : `${plain}-${times}`;
  };
}
