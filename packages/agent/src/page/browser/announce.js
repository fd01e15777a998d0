import { byId } from './element.js';
import { askOf } from './encoders.js';
import { operationName, TEXTS, whyOf } from './words.js';

/** @import { DeskState } from '../../desk/index.ts' */

/** What was said last; null before the first state, which is no news. @type {ReadonlyMap<string, string> | null} */
let said = null;

/**
 * Tells a screen reader what is new, and puts what is asked into the window's title, which a person sees in another
 * window as well.
 *
 * @param {DeskState} state
 */
export function announce(state) {
  const news = newsOf(state);
  const fresh = [...news].filter(([about, text]) => said !== null && said.get(about) !== text);
  said = news;
  if (fresh.length > 0) byId('announcement').textContent = fresh.map(([, text]) => text).join('. ');
  const asked = state.encoders.find(({ prompt }) => prompt !== null);
  document.title = asked?.prompt ? `● ${askOf(asked.prompt, asked.name)}` : TEXTS.title;
}

/** @param {DeskState} state */
function newsOf({ encoders, recent }) {
  /** @type {Map<string, string>} */
  const news = new Map();
  for (const { mac, name, prompt, condition } of encoders) {
    if (condition === 'writing') news.set(mac, `${name}: ${TEXTS.writing}`);
    else if (condition === 'hung') news.set(mac, `${name}: ${TEXTS.broken.hung}`);
    else if (prompt !== null) news.set(`${mac} ${prompt.operation}`, askOf(prompt, name));
  }
  const [newest] = recent;
  if (newest !== undefined) {
    const outcome = [TEXTS.outcomes[newest.outcome], whyOf(newest)].filter((text) => text !== null).join('. ');
    news.set(`${newest.operation} ${newest.outcome}`, `${operationName(newest)}: ${outcome}`);
  }
  return news;
}
