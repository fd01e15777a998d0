import { byId, drawInto, element } from './element.js';
import { fill, LANGUAGE, sentenceOf, TEXTS } from './words.js';

/** @import { CardToCheck, DeskState, Notice } from '../../desk/index.ts' */

/** @param {DeskState} state */
export function drawAttention({ attention, toCheck }) {
  // A refused connection is told at the top of the page.
  const notices = attention.filter(({ cause }) => cause !== 'refused');
  drawInto(byId('attention'), { notices, toCheck }, () =>
    notices.length + toCheck.length === 0
      ? [element('p', { class: 'nothing' }, TEXTS.nothingToAttend)]
      : [element('ul', { class: 'attention' }, ...notices.map(noticeItem), ...toCheck.map(checkItem))],
  );
}

/** @param {Notice} notice */
function noticeItem(notice) {
  const sentence = sentenceOf(notice);
  const item = element('li', {}, element('p', {}, sentence));
  // What can't be translated may be what support needs to know.
  if (sentence !== notice.message && LANGUAGE !== 'en')
    item.append(element('p', { class: 'detail', lang: 'en' }, notice.message));
  return item;
}

/** @param {CardToCheck} check */
function checkItem({ serial, outcome }) {
  const { title, text } = TEXTS.check[outcome];
  return element('li', {}, element('strong', {}, fill(title, { serial })), element('p', {}, text));
}
