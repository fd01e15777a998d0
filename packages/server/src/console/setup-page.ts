import { createHash } from 'node:crypto';
import type { SetupField, SetupProblems } from './setup-form.ts';
import { type Language, SETUP_TEXTS } from './setup-texts.ts';

/** Everything is in the page itself; style and script are allowed by their hash alone. */
const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
label,fieldset{display:block;margin:1rem 0 0}input{font:inherit;width:100%;box-sizing:border-box;padding:.4rem .5rem;border:1px solid #8a94a3;border-radius:4px}
small{color:#5a6675}.problem{color:#a4161a}input.wrong{border-color:#a4161a}button{font:inherit;margin-top:1.5rem;padding:.5rem 1.5rem}
code{display:block;background:#eef1f5;padding:.5rem;border-radius:4px;overflow-wrap:anywhere}.language{float:right}`;

/** The token comes behind the address's #, which browsers send to nobody: not into a log, nor to another site. */
const SCRIPT = `const field=document.querySelector('input[name=token]'),hash=location.hash.slice(1);
if(field&&hash){field.value=hash;field.closest('label').hidden=true}
for(const link of document.querySelectorAll('a.language'))link.hash=hash||field?.value||''`;

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const SETUP_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src ${sha256(STYLE)}; script-src ${sha256(SCRIPT)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
} as const;

export interface FormView {
  readonly language: Language;
  /** What was sent, to be shown again; passwords excepted. */
  readonly values: Readonly<Partial<Record<SetupField | 'token', string>>>;
  readonly problems: SetupProblems;
  readonly wrongToken: boolean;
}

export function setupFormPage({ language, values, problems, wrongToken }: FormView): string {
  const texts = SETUP_TEXTS[language];
  const field = (name: SetupField | 'token', attributes: string) => {
    const problem = name === 'token' ? undefined : problems[name];
    const hint = name === 'token' ? undefined : texts.hints[name];
    const shown = attributes.includes('password') ? '' : escapeHtml(values[name] ?? '');
    return `<label>${texts.labels[name]}
<input name="${name}" value="${shown}" required ${attributes}${problem ? ' class="wrong" aria-invalid="true"' : ''}>
${problem ? `<span class="problem">${texts.problems[problem]}</span>` : hint ? `<small>${hint}</small>` : ''}</label>`;
  };
  return page(
    language,
    texts.title,
    `<p>${texts.intro}</p>
${wrongToken ? `<p class="problem" role="alert">${texts.wrongToken}</p>` : ''}
<form method="post" action="/setup?lang=${language}">
${field('token', 'autocomplete="off"')}
${field('propertyNumber', 'autocomplete="off"')}
${field('propertyName', '')}
${field('timeZone', 'list="zones"')}
<datalist id="zones">${Intl.supportedValuesOf('timeZone')
      .map((zone) => `<option>${zone}`)
      .join('')}</datalist>
${field('administratorName', 'autocomplete="name"')}
${field('email', 'type="email" autocomplete="email"')}
${field('password', 'type="password" autocomplete="new-password"')}
${field('passwordAgain', 'type="password" autocomplete="new-password"')}
<button>${texts.submit}</button>
</form>`,
  );
}

export interface DoneView {
  readonly language: Language;
  readonly accountSid: string;
  readonly authToken: string;
  readonly agentId: string;
  readonly agentToken: string;
  /** The agents' address. */
  readonly server: string;
}

export function setupDonePage({ language, accountSid, authToken, agentId, agentToken, server }: DoneView): string {
  const { done } = SETUP_TEXTS[language];
  const command = `npx keyrack agent --server ${server} --id ${agentId} --token-file agent-token --data ./agent --pcsc`;
  return page(
    language,
    done.title,
    `<p role="status">${done.keep}</p>
<h2>${done.account}</h2>
<p>accountSid<code id="account-sid">${accountSid}</code>authToken<code id="auth-token">${authToken}</code></p>
<h2>${done.agent}</h2>
<p>ID<code id="agent-id">${agentId}</code>Token<code id="agent-token">${agentToken}</code></p>
<p>${done.agentHow}<code>${escapeHtml(command)}</code></p>`,
  );
}

export function setupOverPage(language: Language): string {
  return page(language, SETUP_TEXTS[language].title, `<p>${SETUP_TEXTS[language].alreadyDone}</p>`);
}

function page(language: Language, title: string, body: string): string {
  const other = language === 'en' ? 'zh' : 'en';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head>
<body><a class="language" href="/setup?lang=${other}" lang="${other}">${SETUP_TEXTS[language].otherLanguage}</a>
<h1>${title}</h1>
${body}
<script>${SCRIPT}</script></body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
