import { countDownText } from './countdowns.js';
import { byId, drawInto, element } from './element.js';
import { fill, sentenceOf, TEXTS } from './words.js';

/** @import { DeskState } from '../../desk/index.ts' */

/**
 * Where the page stands: with the state of the desk, or without an agent that tells it.
 *
 * @typedef {DeskState['connection'] | { readonly status: 'no-agent' | 'elsewhere' }} Standing
 */

/**
 * Shows how the connection stands, and what to do where it isn't well.
 *
 * @param {Standing} standing
 */
export function drawConnection(standing) {
  const { status } = standing;
  const badge = byId('connection');
  badge.textContent = TEXTS.connection[status];
  badge.dataset.status = status;
  document.body.classList.toggle('stale', status === 'no-agent' || status === 'elsewhere');
  const until = 'retryMs' in standing ? performance.now() + standing.retryMs : 0;
  // The time that is left changes without an end; what the trouble is doesn't.
  const trouble = { ...standing, retryMs: null };
  drawInto(byId('trouble'), trouble, () => (status === 'online' ? [] : [troubleBox(standing, status, until)]));
}

/**
 * @param {Standing} standing
 * @param {Exclude<Standing['status'], 'online'>} status
 * @param {number} until
 */
function troubleBox(standing, status, until) {
  const { title, text } = TEXTS.trouble[status];
  const advice = element('span', {});
  countDownText(advice, text, until);
  const box = element('div', { class: 'trouble', 'data-status': status }, element('strong', {}, title), ' ', advice);
  const reason = reasonOf(standing);
  if (reason !== null) box.append(element('p', { class: 'reason' }, fill(TEXTS.reason, { reason })));
  if (status === 'elsewhere') {
    const again = element('button', { type: 'button' }, TEXTS.useHere);
    again.addEventListener('click', () => location.reload());
    box.append(again);
  }
  return box;
}

/** @param {Standing} standing */
function reasonOf(standing) {
  switch (standing.status) {
    case 'waiting':
      return standing.why;
    case 'refused':
      return sentenceOf(standing.why);
    default:
      return null;
  }
}
