import { askAgent } from './ask-agent.js';
import { byId, drawInto, element } from './element.js';
import { fill, TEXTS, timeOf } from './words.js';

/** @import { UpdatesState, UpdateTrouble } from '../../update/updates.ts' */

/** @param {UpdatesState | null} state */
export function drawUpdates(state) {
  byId('program').hidden = state === null;
  if (state !== null) drawInto(byId('updates'), state, () => (state.unable === null ? able(state) : unable(state)));
}

/** @param {UpdatesState} state */
function unable({ version, unable: why }) {
  return [runs(version), element('p', { class: 'hint' }, why === null ? '' : sentenceOf(why))];
}

/** @param {UpdatesState} state */
function able({ version, automatic, doing, offered, trouble, last }) {
  const { updates: texts } = TEXTS;
  const isBusy = doing !== 'nothing';
  const isNewest = trouble?.cause === 'not-newer' || (trouble === null && !isBusy && offered === null && looked);
  return [
    runs(version),
    became(last, version),
    offered !== null && element('p', {}, fill(texts.offered, { version: offered })),
    element(
      'p',
      { role: 'status', class: trouble === null || isNewest ? 'hint' : 'problem' },
      isBusy ? texts.doing[doing] : isNewest ? texts.newest : trouble === null ? '' : sentenceOf(trouble),
    ),
    stepButton(offered === null ? 'look' : 'begin', isBusy),
    automaticBox(automatic),
    element('p', { class: 'hint' }, texts.automaticHint),
  ].filter((part) => part instanceof Node);
}

/** Whether this page has asked what the server offers. */
let looked = false;

/** @param {string} version */
const runs = (version) => element('p', { class: 'who' }, fill(TEXTS.updates.runs, { version }));

/**
 * @param {UpdatesState['last']} last
 * @param {string} version
 */
function became(last, version) {
  if (last === null) return false;
  const facts = { from: last.from, to: last.to, time: timeOf(last.at) };
  if (last.outcome === 'done') return last.to === version && element('p', {}, fill(TEXTS.updates.done, facts));
  if (last.outcome !== 'failed') return false;
  const why = sentenceOf({ cause: last.cause ?? 'failed', message: last.why ?? '' });
  return element('p', { class: 'ended' }, element('strong', {}, fill(TEXTS.updates.failed, facts)), ' ', why);
}

/**
 * @param {'look' | 'begin'} step
 * @param {boolean} isBusy
 */
function stepButton(step, isBusy) {
  const button = element('button', { type: 'button', id: 'update-step' }, TEXTS.updates[step]);
  button.disabled = isBusy;
  button.addEventListener('click', () => {
    button.disabled = true;
    looked = true;
    void askAgent('/update', { step });
  });
  return button;
}

/** @param {boolean} automatic */
function automaticBox(automatic) {
  const box = element('input', { type: 'checkbox', id: 'update-automatic' });
  box.checked = automatic;
  box.addEventListener('change', async () => {
    const answer = await askAgent('/update-automatic', { automatic: box.checked });
    if (answer?.status !== 204) box.checked = automatic;
  });
  return element('label', { class: 'check' }, box, ` ${TEXTS.updates.automatic}`);
}

/** @param {UpdateTrouble} trouble */
function sentenceOf({ cause, message }) {
  return TEXTS.updates.causes[cause] ?? message;
}
