import { type Endpoint, TAGS } from './endpoint.ts';
import { problemsOf } from './openapi.ts';
import { PROBLEMS } from './problems.ts';

/** The reference as a page for people: it loads nothing, runs nothing, and says what the document says. */
export function referencePage(endpoints: readonly Endpoint[]): string {
  const sections = Object.entries(TAGS).map(([tag, about]) => {
    const own = endpoints.filter((endpoint) => endpoint.tag === tag);
    return `<section><h2>${text(tag)}</h2><p>${text(about)}</p>${own.map(endpointPart).join('')}</section>`;
  });
  const problems = Object.entries(PROBLEMS).map(
    ([name, { status, title, advice }]) =>
      `<tr id="${name}"><td><code>${name}</code></td><td>${status}</td><td>${text(title)}. ${text(advice)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Keyrack /v1</title>
<meta name="viewport" content="width=device-width">
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
code{font:14px ui-monospace,monospace}h3 code{font-size:15px}table{border-collapse:collapse}
td,th{padding:.25rem .75rem;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#8ab4f8}}
</style></head><body>
<h1>Keyrack /v1</h1>
<p>For programs: <a href="/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).
Send an API key with each request: <code>Authorization: Bearer kr_…</code></p>
${sections.join('\n')}
<section><h2>Problems</h2><table>${problems.join('\n')}</table></section>
</body></html>
`;
}

function endpointPart(endpoint: Endpoint): string {
  const { id, method, path, summary, description = '', right, query, body, answers } = endpoint;
  const rows = [
    ['Right', `<code>${right}</code>`],
    ...(query ? [['Query', names(Object.keys(query.shape))]] : []),
    ...(body && 'shape' in body ? [['Body', names(Object.keys(body.shape as object))]] : []),
    [
      'Answers',
      Object.entries(answers)
        .map(([status, each]) => `${status} ${text(each.description)}`)
        .join('<br>'),
    ],
    [
      'Problems',
      problemsOf(endpoint)
        .map((name) => `<a href="#${name}">${name}</a>`)
        .join(', '),
    ],
  ];
  return `<article id="${id}"><h3><code>${method} ${text(path)}</code></h3><p>${text(summary)}. ${text(description)}</p>
<table>${rows.map(([name, value]) => `<tr><th>${name}</th><td>${value}</td></tr>`).join('')}</table></article>`;
}

const names = (list: readonly string[]) => list.map((name) => `<code>${name}</code>`).join(', ');

function text(plain: string): string {
  return plain.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
