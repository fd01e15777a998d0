import { createHash } from 'node:crypto';
import type { Language } from './language.ts';

/** Everything is in the page itself; style and script are allowed by their hash alone. */
const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
[hidden]{display:none!important}label,fieldset{display:block;margin:1rem 0 0}input,select{font:inherit;width:100%;box-sizing:border-box;padding:.4rem .5rem;border:1px solid #6b7686;border-radius:4px;background:#fff;color:inherit}
small{color:#5a6675}.problem{color:#a4161a}.wrong{border-color:#a4161a}button{font:inherit;margin-top:1.5rem;padding:.5rem 1.5rem}
h2{margin-top:2rem}dt{margin-top:.5rem}dd{margin:0}.note{border-left:4px solid #b35c00;padding-left:.75rem}
code{display:block;background:#eef1f5;padding:.5rem;border-radius:4px;overflow-wrap:anywhere;user-select:all}
code:focus,input:focus,select:focus,button:focus,a:focus{outline:3px solid #1f5fbf;outline-offset:1px}.language{float:right}`;

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Headers of a page with this script. */
export function pageHeaders(script: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    // It takes or shows secrets.
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src ${sha256(STYLE)}; script-src ${sha256(script)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
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
  /** Where the page is in the other language, and that one's name for itself; null for no link. */
  readonly other: { readonly address: string; readonly name: string } | null;
}

export function wholePage({ language, title, body, script, other }: PageView): string {
  const lang = language === 'en' ? 'zh' : 'en';
  const link = other ? `<a class="language" href="${other.address}?lang=${lang}" lang="${lang}">${other.name}</a>` : '';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head>
<body>${link}
<h1>${title}</h1>
${body}
<script>${script}</script></body></html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
