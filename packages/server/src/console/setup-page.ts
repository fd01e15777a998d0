import { PAIRING } from '../domain/limits.ts';
import type { TimeZoneChoice } from '../domain/time-zones.ts';
import { escapeHtml, pageHeaders, wholePage } from './page.ts';
import type { SetupField, SetupProblems } from './setup-form.ts';
import { type Language, SETUP_TEXTS } from './setup-texts.ts';
import { timeZoneOptions } from './time-zone-options.ts';

/**
 * The token comes behind the address's #, which browsers send to nobody: not into a log, nor to another site. The
 * browser knows its own zone and how the page was opened; the server can only guess both.
 */
const SCRIPT = `const field=document.querySelector('input[name=token]'),hash=location.hash.slice(1);
if(field&&hash){field.value=hash;const label=field.closest('label');if(label)label.hidden=true}
for(const link of document.querySelectorAll('a.language'))link.hash=hash||field?.value||'';
const opened=document.querySelector('input[name=opened]');if(opened)opened.value=location.origin;
const zones=document.querySelector('select[name=timeZone]');
if(zones){const nameOf=timeZone=>new Intl.DateTimeFormat('en',timeZone?{timeZone}:{}).resolvedOptions().timeZone;
const same=(name,other)=>{try{return nameOf(name)===nameOf(other)}catch{return false}};
const mine=nameOf(),all=[...zones.options].filter(({value})=>value);
const here=all.find(({value})=>value===mine)||all.find(({value})=>same(value,mine));
if(here){const first=document.createElement('optgroup'),copy=here.cloneNode(true);first.label=zones.dataset.here;first.append(copy);
zones.firstElementChild.after(first);if(!zones.value||here.selected)copy.selected=true}}`;

export const SETUP_HEADERS = pageHeaders(SCRIPT);

export interface FormView {
  readonly language: Language;
  readonly zones: readonly TimeZoneChoice[];
  /** What was sent, to be shown again; passwords excepted. */
  readonly values: Readonly<Partial<Record<SetupField | 'token', string>>>;
  readonly problems: SetupProblems;
  readonly wrongToken: boolean;
}

export function setupFormPage({ language, zones, values, problems, wrongToken }: FormView): string {
  const texts = SETUP_TEXTS[language];
  const under = (name: SetupField | 'token') => {
    const problem = name === 'token' ? undefined : problems[name];
    const hint = name === 'token' ? undefined : texts.hints[name];
    if (problem) return `<span class="problem" id="${name}-hint">${texts.problems[problem]}</span>`;
    return hint ? `<small id="${name}-hint">${hint}</small>` : '';
  };
  const marks = (name: SetupField | 'token') => {
    const wrong = name !== 'token' && problems[name] ? ' class="wrong" aria-invalid="true"' : '';
    return under(name) === '' ? wrong : `${wrong} aria-describedby="${name}-hint"`;
  };
  const field = (name: SetupField | 'token', attributes: string) => {
    const shown = attributes.includes('password') ? '' : escapeHtml(values[name] ?? '');
    return `<label>${texts.labels[name]}
<input name="${name}" value="${shown}" required ${attributes}${marks(name)}>
${under(name)}</label>`;
  };
  // Once it is known to be right, nobody needs to see it again.
  const tokenField =
    values.token && !wrongToken
      ? `<input type="hidden" name="token" value="${escapeHtml(values.token)}">`
      : field('token', 'autocomplete="off"');
  const zoneField = `<label>${texts.labels.timeZone}
<select name="timeZone" required data-here="${texts.zones.here}"${marks('timeZone')}>
<option value="">${texts.zones.choose}
${timeZoneOptions(zones, { chosen: values.timeZone ?? null, areas: texts.zones.areas })}
</select>
${under('timeZone')}</label>`;
  return page(
    language,
    texts.title,
    `<p>${texts.intro}</p>
${wrongToken ? `<p class="problem" role="alert">${texts.wrongToken}</p>` : ''}
<form method="post" action="/setup?lang=${language}">
${tokenField}
${field('propertyNumber', 'autocomplete="off"')}
${field('propertyName', '')}
${zoneField}
${field('administratorName', 'autocomplete="name"')}
${field('email', 'type="email" autocomplete="email"')}
${field('password', 'type="password" autocomplete="new-password"')}
${field('passwordAgain', 'type="password" autocomplete="new-password"')}
<input type="hidden" name="opened" value="">
<button>${texts.submit}</button>
</form>`,
  );
}

export interface DoneView {
  readonly language: Language;
  readonly accountSid: string;
  readonly authToken: string;
  readonly pairingCode: string;
  /** The line for the computer at the front desk. */
  readonly deskCommand: string;
  /** The line is for the server's own computer alone, since its address is plain text. */
  readonly needsTls: boolean;
  /** The line that makes another code, on the server's computer. */
  readonly pairCommand: string;
}

export function setupDonePage(view: DoneView): string {
  const { language, accountSid, authToken, pairingCode, needsTls } = view;
  const { done } = SETUP_TEXTS[language];
  const minutes = String(PAIRING.validMs / 60_000);
  const code = (id: string, text: string) => `<code id="${id}" tabindex="0">${escapeHtml(text)}</code>`;
  return page(
    language,
    done.title,
    `<p role="status">${done.keep}</p>
<h2>${done.account}</h2>
<dl><dt>accountSid</dt><dd>${code('account-sid', accountSid)}</dd>
<dt>authToken</dt><dd>${code('auth-token', authToken)}</dd></dl>
<h2>${done.agent}</h2>
<p>${done.pairingCode.replace('{minutes}', minutes)}</p>${code('pairing-code', pairingCode)}
<p>${done.agentHow}</p>${code('desk-command', view.deskCommand)}
${needsTls ? `<p class="note">${done.needsTls}</p>` : ''}
<p>${done.plugIn}</p>
<p>${done.another}</p>${code('pair-command', view.pairCommand)}`,
    // Another language is another request, and what stands here is shown once.
    'only-language',
  );
}

export function setupOverPage(language: Language): string {
  return page(language, SETUP_TEXTS[language].title, `<p>${SETUP_TEXTS[language].alreadyDone}</p>`);
}

function page(language: Language, title: string, body: string, languages: 'both' | 'only-language' = 'both'): string {
  const { otherLanguage } = SETUP_TEXTS[language];
  const other = languages === 'both' ? { address: '/setup', name: otherLanguage } : null;
  return wholePage({ language, title, body, script: SCRIPT, other });
}
