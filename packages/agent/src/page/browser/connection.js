import { countDown } from './countdowns.js';
import { byId, drawInto, element } from './element.js';
import { fill, obstacleSentence, sentenceOf, TEXTS } from './words.js';

/** @import { DeskState } from '../../desk/index.ts' */

/**
 * Where the page stands: with the state of the desk, or without an agent that tells it.
 *
 * @typedef {DeskState['connection'] | { readonly status: 'no-agent' | 'elsewhere' }} ConnectionState
 */
/** @typedef {Exclude<ConnectionState, { readonly status: 'online' }>} Trouble */

/** What is shown. @type {ConnectionState | null} */
let shown = null;
/** When the server is tried again, by `performance.now()` in milliseconds. */
let retryAt = 0;

/**
 * Shows how the connection stands, and what to do where it isn't well.
 *
 * @param {ConnectionState} connection
 */
export function drawConnection(connection) {
  if ('retryMs' in connection) retryAt = performance.now() + connection.retryMs;
  // An attempt that follows others is a moment of them: the page says what is wrong, without flicker.
  if (connection.status === 'connecting' && shown !== null && 'retryMs' in shown) return;
  shown = connection;
  const { status } = connection;
  const badge = byId('connection');
  badge.textContent = TEXTS.connection[status];
  badge.dataset.status = status;
  document.body.classList.toggle('stale', status === 'no-agent' || status === 'elsewhere');
  drawInto(byId('trouble'), { ...connection, retryMs: null }, () =>
    connection.status === 'online' ? [] : [troubleBox(connection)],
  );
}

/** @param {Trouble} trouble */
function troubleBox(trouble) {
  const { title, text } = TEXTS.trouble[trouble.status];
  const box = element('div', { class: 'trouble', 'data-status': trouble.status });
  box.append(element('strong', {}, title), ' ', text);
  if ('retryMs' in trouble) {
    // A timer isn't read aloud each second.
    const retry = element('span', { role: 'timer' });
    countDown(
      retry,
      () => retryAt,
      (leftMs) => {
        retry.textContent = fill(TEXTS.retry, { seconds: Math.ceil(leftMs / 1000) });
      },
    );
    box.append(' ', retry);
  }
  const reason = reasonOf(trouble);
  if (reason !== null) box.append(element('p', { class: 'reason' }, fill(TEXTS.reason, { reason })));
  if (trouble.status === 'elsewhere') {
    const again = element('button', { type: 'button' }, TEXTS.useHere);
    again.addEventListener('click', () => location.reload());
    box.append(again);
  }
  return box;
}

/** @param {Trouble} trouble */
function reasonOf(trouble) {
  switch (trouble.status) {
    case 'waiting':
      return obstacleSentence(trouble.why);
    case 'refused':
      return sentenceOf(trouble.why);
    default:
      return null;
  }
}
