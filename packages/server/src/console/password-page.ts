import { PASSWORD_LENGTH } from '../domain/limits.ts';
import type { Language } from './language.ts';
import { escapeHtml, pageHeaders, wholePage } from './page.ts';
import { PASSWORD_TEXTS, type PasswordProblem } from './password-texts.ts';

export const PASSWORD_PATH = '/password';

/**
 * The token comes behind the address's #, which browsers send to nobody: not into a log, nor to another site. Without
 * scripts the field stays in sight, and takes what stands there.
 */
const SCRIPT = `const field=document.querySelector('input[name=token]'),hash=location.hash.slice(1);
if(field&&hash){field.value=hash;field.closest('label').hidden=true}
for(const link of document.querySelectorAll('a.language'))link.hash=hash||field?.value||'';`;

export const PASSWORD_HEADERS = pageHeaders(SCRIPT);

export interface PasswordView {
  readonly language: Language;
  /** What was sent; empty at first. */
  readonly token: string;
  readonly problem: PasswordProblem | 'wrong-code' | 'busy' | null;
}

export function passwordFormPage({ language, token, problem }: PasswordView): string {
  const texts = PASSWORD_TEXTS[language];
  const ofPassword = problem === 'password-short' || problem === 'password-long' ? problem : null;
  const ofAgain = problem === 'passwords-differ' ? problem : null;
  const under = (name: string, wrong: PasswordProblem | null, hint: string) =>
    wrong === null
      ? hint && `<small id="${name}-hint">${hint}</small>`
      : `<span class="problem" id="${name}-hint">${texts.problems[wrong]}</span>`;
  const passwordField = (name: string, label: string, wrong: PasswordProblem | null, hint: string) => {
    const line = under(name, wrong, hint);
    const marks = wrong === null ? '' : ' class="wrong" aria-invalid="true"';
    const described = line === '' ? '' : ` aria-describedby="${name}-hint"`;
    return `<label>${label}
<input name="${name}" type="password" required minlength="${PASSWORD_LENGTH.least}" maxlength="${PASSWORD_LENGTH.most}" autocomplete="new-password"${marks}${described}>
${line}</label>`;
  };
  const isKnown = token !== '' && problem !== 'wrong-code';
  const tokenField = isKnown
    ? `<input type="hidden" name="token" value="${escapeHtml(token)}">`
    : `<label>${texts.code}
<input name="token" value="${escapeHtml(token)}" required autocomplete="off" spellcheck="false" aria-describedby="token-hint">
<small id="token-hint">${texts.codeHint}</small></label>`;
  const alert = problem === 'wrong-code' ? texts.wrongCode : problem === 'busy' ? texts.busy : null;
  return page(
    language,
    texts.title,
    `<p>${texts.intro}</p>
${alert === null ? '' : `<p class="problem" role="alert">${alert}</p>`}
<form method="post" action="${PASSWORD_PATH}?lang=${language}">
${tokenField}
${passwordField('password', texts.password, ofPassword, texts.passwordHint)}
${passwordField('passwordAgain', texts.again, ofAgain, '')}
<button>${texts.submit}</button>
</form>`,
    true,
  );
}

export function passwordDonePage(language: Language): string {
  const { done } = PASSWORD_TEXTS[language];
  return page(language, done.title, `<p role="status">${done.text}</p>`, false);
}

function page(language: Language, title: string, body: string, inBoth: boolean): string {
  const other = inBoth ? { address: PASSWORD_PATH, name: PASSWORD_TEXTS[language].otherLanguage } : null;
  return wholePage({ language, title, body, script: SCRIPT, other });
}
