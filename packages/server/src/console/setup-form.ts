import { foldEmail } from '../domain/fold-email.ts';
import { PASSWORD_LENGTH } from '../domain/limits.ts';
import { listedTimeZone } from '../domain/time-zones.ts';

/** Lengths of what the set-up page takes. */
export const SETUP_LIMITS = { name: 64, email: 254, password: PASSWORD_LENGTH, number: 20 } as const;

/** What the page's form sends, checked. */
export interface SetupForm {
  readonly propertyNumber: string;
  readonly propertyName: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly administratorName: string;
  /** Folded. */
  readonly email: string;
  readonly password: string;
}

export type SetupField = keyof SetupForm | 'passwordAgain';

/** What is wrong with a field; the page has a sentence for each in every language. */
export type SetupProblem =
  | 'missing'
  | 'number'
  | 'too-long'
  | 'time-zone'
  | 'email'
  | 'password-short'
  | 'password-long'
  | 'passwords-differ';

export type SetupProblems = Readonly<Partial<Record<SetupField, SetupProblem>>>;

export type CheckedSetup =
  | { readonly ok: true; readonly form: SetupForm }
  | { readonly ok: false; readonly problems: SetupProblems };

/** Checks every field at once, so that a person needn't come back for each. */
export function checkSetupForm(sent: URLSearchParams): CheckedSetup {
  const text = (name: SetupField) => (sent.get(name) ?? '').trim();
  const timeZone = listedTimeZone(text('timeZone'));
  const form: SetupForm = {
    propertyNumber: text('propertyNumber'),
    propertyName: text('propertyName'),
    timeZone: timeZone ?? '',
    administratorName: text('administratorName'),
    email: foldEmail(text('email')),
    // Blanks are part of a password.
    password: sent.get('password') ?? '',
  };
  const found: Record<SetupField, SetupProblem | null> = {
    propertyNumber: numberProblem(form.propertyNumber),
    propertyName: nameProblem(form.propertyName),
    timeZone: text('timeZone') === '' ? 'missing' : timeZone === null ? 'time-zone' : null,
    administratorName: nameProblem(form.administratorName),
    email: emailProblem(form.email),
    password: passwordProblem(form.password),
    passwordAgain: form.password === (sent.get('passwordAgain') ?? '') ? null : 'passwords-differ',
  };
  const problems = Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null)) as SetupProblems;
  return Object.keys(problems).length === 0 ? { ok: true, form } : { ok: false, problems };
}

/** A `communityNo` (docs/room-card-api.md, "Every request"): 1 to 20 letters or digits. */
function numberProblem(number: string): SetupProblem | null {
  if (number === '') return 'missing';
  return new RegExp(`^[0-9A-Za-z]{1,${SETUP_LIMITS.number}}$`).test(number) ? null : 'number';
}

function nameProblem(name: string): SetupProblem | null {
  if (name === '') return 'missing';
  return name.length > SETUP_LIMITS.name || /\p{Cc}/u.test(name) ? 'too-long' : null;
}

function emailProblem(email: string): SetupProblem | null {
  if (email === '') return 'missing';
  return email.length <= SETUP_LIMITS.email && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email) ? null : 'email';
}

function passwordProblem(password: string): SetupProblem | null {
  if (password.length < SETUP_LIMITS.password.least) return 'password-short';
  return password.length > SETUP_LIMITS.password.most ? 'password-long' : null;
}
