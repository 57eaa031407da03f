import { htmlText as text } from '../../model/html-text.ts';

interface Operation {
  readonly summary?: string;
  readonly 'x-access'?: { readonly who: string; readonly role?: string; readonly scope?: string };
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly in: string; readonly schema?: object }>;
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, { readonly content?: unknown }>>;
}

/**
 * An OpenAPI document as a page for people: no script, nothing to load, so that no script runs on the origin that holds their
 * session (docs/decisions/0011).
 */
export function readable(document: object): string {
  const { info, paths } = document as {
    info: { title: string; description: string };
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => section(method, path, operation)),
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(info.title)}</title><style>${style}</style></head><body><main><h1>${text(info.title)}</h1>
<p>${text(info.description)} For programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>${operations.join('')}</main></body></html>`;
}

function section(method: string, path: string, operation: Operation): string {
  const { summary = '', 'x-access': access, parameters = [], requestBody, responses = {} } = operation;
  const asks = [access?.role ? `role ${access.role}` : whose[access?.who ?? 'anyone'], scopeOf(access?.scope)];
  const answers = Object.entries(responses).filter(([, { content }]) => content !== undefined);
  return `<section><h2><b>${text(method.toUpperCase())}</b> <code>${text(path)}</code></h2>
<p>${text(summary)} <small>For: ${text(asks.filter(Boolean).join(', '))}</small></p>
${parameters.map(({ name, in: place, schema }) => `<p><code>${text(name)}</code> <small>${text(place)}</small> ${json(schema)}</p>`).join('')}
${requestBody === undefined ? '' : `<details><summary>Body</summary>${json(requestBody)}</details>`}
${answers.map(([status, answer]) => `<details><summary>Response ${text(status)}</summary>${json(answer.content)}</details>`).join('')}
</section>`;
}

const whose: Readonly<Record<string, string>> = {
  anyone: 'anyone',
  identified: 'any caller with a key or session',
  person: 'a person',
  session: 'a person who is signed in',
};

const scopeOf = (scope: string | undefined) => (scope === undefined ? '' : `scope ${scope}`);

function json(value: unknown): string {
  return value === undefined ? '' : `<pre>${text(JSON.stringify(value, null, 2))}</pre>`;
}

const style = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, "Noto Sans", sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 40px 24px 96px; }
section { border-top: 1px solid #8884; padding: 8px 0 16px; }
h2 { font-size: 18px; font-weight: 500; margin: 16px 0 4px; } h2 b { font-size: 13px; color: #17677f; margin-right: 6px; }
p { margin: 4px 0; } small { opacity: .7; } summary { cursor: pointer; }
pre { background: #8881; padding: 12px; border-radius: 8px; overflow: auto; font-size: 13px; margin: 6px 0; }`;
