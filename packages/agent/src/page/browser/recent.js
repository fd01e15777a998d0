import { byId, drawInto, element } from './element.js';
import { fill, operationName, TEXTS, timeOf, whyOf } from './words.js';

/** @import { DeskState, RecentOperation, RecentOutcome } from '../../desk/index.ts' */

/** @type {Readonly<Record<RecentOutcome, 'good' | 'calm' | 'warn' | 'bad'>>} */
const LOOKS = {
  succeeded: 'good',
  read: 'good',
  withdrawn: 'calm',
  declined: 'calm',
  refused: 'warn',
  rejected: 'warn',
  'not-written': 'warn',
  damaged: 'bad',
  unknown: 'bad',
};

/** @param {DeskState} state */
export function drawRecent({ recent, encoders, toCheck }) {
  const names = new Map(encoders.map(({ mac, name }) => [mac, name]));
  const doubtful = toCheck.map(({ operation }) => operation);
  drawInto(byId('recent'), { recent, names: [...names], doubtful }, () =>
    recent.length === 0
      ? [element('p', { class: 'nothing' }, TEXTS.noRecent)]
      : [element('ol', { class: 'operations' }, ...recent.map((each) => operationItem(each, names, doubtful)))],
  );
}

/**
 * @param {RecentOperation} operation
 * @param {ReadonlyMap<string, string>} names
 * @param {readonly string[]} doubtful those whose cards need attention
 */
function operationItem(operation, names, doubtful) {
  const { room, encoder, outcome, at } = operation;
  const isSettled = LOOKS[outcome] === 'bad' && !doubtful.includes(operation.operation);
  const where = [
    room === null ? [] : fill(TEXTS.room, { room }),
    encoder === null ? [] : (names.get(encoder) ?? encoder),
  ];
  const why = isSettled ? TEXTS.settledSince : whyOf(operation);
  return element(
    'li',
    {},
    element('time', { datetime: new Date(at).toISOString() }, timeOf(at)),
    element('span', { class: 'name' }, operationName(operation)),
    element('span', { class: 'where' }, where.flat().join(' · ')),
    element('span', { class: 'outcome', 'data-look': isSettled ? 'calm' : LOOKS[outcome] }, TEXTS.outcomes[outcome]),
    why !== null && element('span', { class: 'reason' }, why),
  );
}
