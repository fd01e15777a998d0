import { askAgent } from './ask-agent.js';
import { countDown } from './countdowns.js';
import { byId, drawInto, element } from './element.js';
import { fill, sentenceOf, TEXTS, whyOf } from './words.js';

/** @import { DeskEncoderState, DeskState, Notice } from '../../desk/index.ts' */
/** @typedef {NonNullable<DeskEncoderState['prompt']>} Prompt */

/**
 * How long each prompt had when it was first seen, and when it ends as far as is known now. Milliseconds by
 * `performance.now()`.
 *
 * @type {Map<string, { readonly whole: number, readonly until: number }>}
 */
const waits = new Map();

/** @param {DeskState} state */
export function drawEncoders({ encoders, recent, attention }) {
  noteWaits(encoders);
  const container = byId('encoders');
  const macs = encoders.map(({ mac }) => mac);
  // Where the card service can't be used, plugging a reader in is of no use.
  const service = macs.length > 0 ? undefined : attention.find(({ cause }) => cause.startsWith('pcsc-'));
  drawInto(container, { macs, service }, () =>
    macs.length === 0 ? [noEncoders(container, service)] : macs.map(emptyPanel),
  );
  for (const encoder of encoders) {
    const tried = recent.find(({ operation }) => operation === encoder.prompt?.operation);
    // It was said of the card that lies there.
    const said = tried === undefined || encoder.card === null ? null : whyOf(tried);
    const why = encoder.unusable === null ? said : TEXTS.unusable[encoder.unusable];
    const panel = byId(`encoder-${encoder.mac}`);
    panel.dataset.look = lookOf(encoder);
    // The time that is left changes without an end.
    const what = { ...encoder, prompt: encoder.prompt && { ...encoder.prompt, remainingMs: null }, why };
    drawInto(panel, what, () => [...headOf(encoder), ...taskOf(encoder, why), ...cardOf(encoder)]);
  }
}

/** @param {readonly DeskEncoderState[]} encoders */
function noteWaits(encoders) {
  const asked = encoders.flatMap(({ prompt }) => (prompt === null ? [] : [prompt]));
  for (const { operation, remainingMs } of asked) {
    const whole = waits.get(operation)?.whole ?? remainingMs;
    waits.set(operation, { whole, until: performance.now() + remainingMs });
  }
  for (const operation of waits.keys()) {
    if (!asked.some((prompt) => prompt.operation === operation)) waits.delete(operation);
  }
}

/** @param {DeskEncoderState} encoder */
function lookOf({ condition, prompt, disputedWith }) {
  if (condition === 'hung' || condition === 'closed') return 'trouble';
  if (condition === 'writing') return 'writing';
  if (disputedWith.length > 0) return 'trouble';
  return prompt === null ? 'idle' : 'asked';
}

/**
 * @param {HTMLElement} container says which advice helps
 * @param {Notice | undefined} service why the card service can't be used
 */
function noEncoders({ dataset }, service) {
  const { title, text } = TEXTS.noEncoders[dataset.without === 'start-with-readers' ? 'start-with-readers' : 'plug-in'];
  const advice = service === undefined ? fill(text, { doctor: dataset.doctor ?? '' }) : sentenceOf(service);
  return element('div', { class: 'panel empty' }, element('strong', {}, title), element('p', {}, advice));
}

/** @param {string} mac */
function emptyPanel(mac) {
  const labelled = { 'aria-labelledby': `name-${mac}` };
  return element('article', { class: 'panel encoder', id: `encoder-${mac}`, tabindex: '-1', ...labelled });
}

/** @param {DeskEncoderState} encoder */
function headOf({ mac, name, forSignedIn }) {
  return [
    element(
      'header',
      {},
      element('h3', { id: `name-${mac}` }, name),
      element('span', { class: 'mac' }, mac),
      forSignedIn && element('span', { class: 'mark' }, TEXTS.forSignedIn),
    ),
  ];
}

/**
 * What the person is asked to do now.
 *
 * @param {DeskEncoderState} encoder
 * @param {string | null} why it isn't done yet
 */
function taskOf(encoder, why) {
  const { prompt, condition, disputedWith } = encoder;
  if (condition === 'hung' || condition === 'closed')
    return [element('p', { class: 'broken' }, TEXTS.broken[condition])];
  if (condition === 'writing') return [element('p', { class: 'ask' }, TEXTS.writing), busyBar(), ...purposeOf(prompt)];
  if (disputedWith.length > 0)
    return [element('p', { class: 'broken' }, fill(TEXTS.disputed, { desks: disputedWith.join(', ') }))];
  if (prompt === null) {
    if (condition === 'working') return [element('p', { class: 'ask' }, TEXTS.working), busyBar()];
    return [element('p', { class: 'nothing' }, TEXTS.nothingAsked)];
  }
  const ask = condition === 'working' ? TEXTS.working : askOf(prompt, encoder.name);
  return [
    element('p', { class: 'ask' }, ask),
    ...purposeOf(prompt),
    ...(why === null ? [] : [element('p', { class: 'why' }, why)]),
    element('div', { class: 'wait' }, ...waitOf(prompt), declineButton(prompt, encoder.name)),
  ];
}

/**
 * @param {Prompt} prompt
 * @param {string} encoder
 */
export function askOf({ serial }, encoder) {
  return serial === null ? fill(TEXTS.ask.anyCard, { encoder }) : fill(TEXTS.ask.card, { serial, encoder });
}

/** @param {Prompt | null} prompt */
function purposeOf(prompt) {
  if (prompt === null) return [];
  const room = prompt.room === null ? [] : [fill(TEXTS.room, { room: prompt.room })];
  return [element('p', { class: 'purpose' }, [TEXTS.purpose[prompt.kind], ...room].join(' · '))];
}

function busyBar() {
  return element('div', { class: 'busy', role: 'presentation' }, element('div'));
}

/** @param {Prompt} prompt */
function waitOf({ operation }) {
  const whole = waits.get(operation)?.whole ?? 0;
  const bar = element('progress', { max: String(Math.max(1, whole)), 'aria-hidden': 'true' });
  const text = element('span', { class: 'seconds', role: 'timer' });
  countDown(
    text,
    () => waits.get(operation)?.until ?? 0,
    (leftMs) => {
      bar.value = leftMs;
      text.textContent = fill(TEXTS.secondsLeft, { seconds: Math.ceil(leftMs / 1000) });
    },
  );
  return [bar, text];
}

/**
 * @param {Prompt} prompt
 * @param {string} encoder
 */
function declineButton({ operation, kind }, encoder) {
  const label = fill(TEXTS.declineLabel, { purpose: TEXTS.purpose[kind], encoder });
  const attributes = { type: 'button', id: `decline-${operation}`, 'aria-label': label };
  const button = element('button', attributes, TEXTS.decline);
  button.addEventListener('click', () => void askAgent('/decline', { operation }));
  return button;
}

/**
 * What lies there. Why it can't be used stands with what is asked for, where anything is.
 *
 * @param {DeskEncoderState} encoder
 */
function cardOf({ card, unusable, prompt, condition }) {
  if (card === null && unusable !== null) {
    const isSaid = prompt !== null || condition === 'hung' || condition === 'closed';
    return isSaid ? [] : [element('p', { class: 'card why' }, TEXTS.unusable[unusable])];
  }
  if (card === null) return [element('p', { class: 'card none' }, TEXTS.noCard)];
  const chip = element('span', { class: 'chip' }, TEXTS.chips[card.chip]);
  return [element('p', { class: 'card' }, fill(TEXTS.cardLies, { serial: card.serial }), ' ', chip)];
}
