import { askAgent } from './ask-agent.js';
import { byId, drawInto, element } from './element.js';
import { fill, sentenceOf, TEXTS, timeOf } from './words.js';

/** @import { DeskState } from '../../desk/index.ts' */

/** `activity` is told at most this often, as the agent does. Milliseconds. */
const ACTIVITY_MS = 10_000;

const form = byId('sign-in', HTMLFormElement);
const problem = byId('sign-in-problem');
const submit = /** @type {HTMLButtonElement} */ (form.querySelector('button[type=submit]'));
let isSignedIn = false;
let lastActivity = Number.NEGATIVE_INFINITY;

/** @param {DeskState} state */
export function drawMember({ signedIn, signInEnded }) {
  const wasFocused = form.contains(document.activeElement);
  isSignedIn = signedIn !== null;
  form.hidden = isSignedIn;
  drawInto(byId('signed-in'), { signedIn, signInEnded }, () =>
    signedIn === null ? nobody(signInEnded) : somebody(signedIn),
  );
  if (isSignedIn) {
    form.reset();
    showFields();
    problem.textContent = '';
    if (wasFocused) byId('sign-out').focus();
  }
}

/** @param {string} name */
function somebody(name) {
  const signOut = element('button', { type: 'button', id: 'sign-out' }, TEXTS.signOut);
  const failure = element('p', { class: 'problem', role: 'alert' });
  signOut.addEventListener('click', async () => {
    signOut.disabled = true;
    const answer = await askAgent('/sign-out');
    signOut.disabled = false;
    failure.textContent = answer?.body?.ok === true ? '' : problemOf(answer);
  });
  return [
    element('p', { class: 'who' }, fill(TEXTS.signedInAs, { name })),
    element('p', { class: 'hint' }, TEXTS.signedInHint),
    failure,
    signOut,
  ];
}

/** @param {DeskState['signInEnded']} ended */
function nobody(ended) {
  const hint = element('p', { class: 'hint' }, TEXTS.signedOutHint);
  if (ended === null) return [element('p', { class: 'who' }, TEXTS.signedOut), hint];
  const when = element('strong', {}, fill(TEXTS.signInEnded, { time: timeOf(ended.at) }));
  return [element('p', { class: 'ended', role: 'status' }, when, element('br'), sentenceOf(ended)), hint];
}

/** Shows the fields of the way that is chosen. */
function showFields() {
  const by = new FormData(form).get('by');
  for (const part of form.querySelectorAll('[data-by]')) {
    part.toggleAttribute('hidden', part.getAttribute('data-by') !== by);
  }
}

async function signIn() {
  const sent = Object.fromEntries(new FormData(form));
  const { by, areaCode, mobile, email, password } = sent;
  problem.textContent = '';
  for (const input of form.querySelectorAll('input')) input.removeAttribute('aria-invalid');
  submit.disabled = true;
  submit.textContent = TEXTS.signingIn;
  const answer = await askAgent('/sign-in', {
    by,
    password,
    ...(by === 'mobile' ? { areaCode, mobile } : { email }),
  });
  submit.disabled = false;
  submit.textContent = TEXTS.signIn;
  if (answer?.body?.ok === true) return;
  const { field = 'password' } = answer?.body ?? {};
  const input = form.querySelector(`input[name=${CSS.escape(field)}]`);
  if (!(input instanceof HTMLInputElement)) return;
  if (field === 'password') input.value = '';
  if (answer?.body?.field !== undefined) input.setAttribute('aria-invalid', 'true');
  problem.textContent = problemOf(answer);
  input.focus();
}

/** @param {Awaited<ReturnType<typeof askAgent>>} answer */
function problemOf(answer) {
  const { field, cause, message } = answer?.body ?? {};
  /** @type {Readonly<Record<string, string>>} */
  const problems = TEXTS.problems;
  if (typeof field === 'string') return problems[field] ?? TEXTS.notSent;
  return typeof message === 'string' ? sentenceOf({ cause: cause ?? null, message }) : TEXTS.notSent;
}

/** What a person does at this page keeps them signed in; what a script does, doesn't. */
function tellActivity(/** @type {Event} */ event) {
  const now = performance.now();
  if (!isSignedIn || !event.isTrusted || now - lastActivity < ACTIVITY_MS) return;
  lastActivity = now;
  void askAgent('/activity');
}

form.addEventListener('change', showFields);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!submit.disabled) void signIn();
});
for (const kind of ['keydown', 'pointerdown', 'wheel']) {
  document.addEventListener(kind, tellActivity, { passive: true, capture: true });
}
