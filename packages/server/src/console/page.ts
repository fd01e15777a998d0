import { createHash } from 'node:crypto';
import type { Language } from './language.ts';

/** Everything is in the page itself; style and script are allowed by their hash alone. */
const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
code{display:block;background:#eef1f5;padding:.5rem;border-radius:4px;overflow-wrap:anywhere;user-select:all}`;

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Headers of a page with this script. */
export function pageHeaders(script: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src ${sha256(STYLE)}; script-src ${sha256(script)}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
  };
}

export interface PageView {
  readonly language: Language;
  /** A text of ours. */
  readonly title: string;
  /** HTML. */
  readonly body: string;
  readonly script: string;
}

export function wholePage({ language, title, body, script }: PageView): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head>
<body>
<h1>${title}</h1>
${body}
<script>${script}</script></body></html>
`;
}
