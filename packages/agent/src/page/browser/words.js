/** @import { RecentOperation } from '../../desk/index.ts' */
/** @import { Obstacle } from '../../link/index.ts' */
/** @import { PageTexts } from '../page-texts.ts' */

/** The language of the page. */
export const LANGUAGE = document.documentElement.lang;

/** @type {PageTexts} */
export const TEXTS = await (await fetch(`/texts-${LANGUAGE}.json`)).json();

const TIME = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY_AND_TIME = new Intl.DateTimeFormat(LANGUAGE, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * Fills in the blanks of a text.
 *
 * @param {string} text
 * @param {Readonly<Record<string, string | number>>} facts
 */
export function fill(text, facts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ''));
}

/**
 * A moment for people: the time alone where it is today.
 *
 * @param {number} at Unix milliseconds
 */
export function timeOf(at) {
  const sameDay = new Date(at).toDateString() === new Date().toDateString();
  return (sameDay ? TIME : DAY_AND_TIME).format(at);
}

/**
 * The sentence of a cause in the page's language, or the English one that came with it.
 *
 * @param {{ readonly cause: string | null, readonly message: string }} notice
 */
export function sentenceOf({ cause, message }) {
  return (cause === null ? undefined : TEXTS.causes[cause]) ?? message;
}

/**
 * What keeps the agent from its server and what to do about it, in the page's language.
 *
 * @param {Obstacle} obstacle
 */
export function obstacleSentence({ cause, found, todo, answer }) {
  const text = TEXTS.obstacles[cause];
  if (text === undefined) return todo === null ? asSentence(found) : `${asSentence(found)} ${todo}`;
  return answer === '' ? text : `${text}${fill(TEXTS.answer, { answer })}`;
}

/** @param {Pick<RecentOperation, 'kind' | 'serial'>} operation */
export function operationName({ kind, serial }) {
  const { card, anyCard } = TEXTS.operation[kind];
  return serial === null ? anyCard : fill(card, { serial });
}

/**
 * Why an operation ended as it did, and what to do: null where there is nothing to say.
 *
 * @param {Pick<RecentOperation, 'outcome' | 'cause' | 'message'>} operation
 */
export function whyOf({ outcome, cause, message }) {
  const hint = TEXTS.outcomeHints[outcome] ?? null;
  if (message === null) return hint;
  // What a card or an encoder said has no code; where the page isn't English, the hint says what to do about it.
  if (cause === null && hint !== null) return LANGUAGE === 'en' ? `${asSentence(message)} ${hint}` : hint;
  return sentenceOf({ cause, message });
}

/** @param {string} text which may begin small and end without a stop */
function asSentence(text) {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1).replace(/[.\s]+$/, '')}.`;
}
