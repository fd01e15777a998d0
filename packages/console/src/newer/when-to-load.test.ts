import { expect, test } from 'vitest';
import { isOfAnother } from './is-replaced.ts';
import { IDLE_MS, leavesPage, mayLoadAnew } from './when-to-load.ts';

const NOTHING = { written: 0, underWay: 0, isHeld: false, idleMs: IDLE_MS };

test.each([
  ['nobody has touched it for a while', {}, true],
  ['somebody has just pressed something', { idleMs: IDLE_MS - 1 }, false],
  ['a form is being filled in', { written: 1 }, false],
  ['a change is on its way', { underWay: 1 }, false],
  ['an operation is followed, or a secret is shown', { isHeld: true }, false],
])('a page where %s', (_what, changes, may) => {
  expect(mayLoadAnew({ ...NOTHING, ...changes })).toBe(may);
});

test.each([
  ['/members', '/audit', 0, true],
  ['/desk', '/desk/rooms/1', 0, false],
  ['/desk/rooms/1', '/desk', 0, false],
  ['/members', '/audit', 1, false],
])('from %s to %s with %d changes on their way', (from, to, underWay, leaves) => {
  expect(leavesPage(from, to, { underWay })).toBe(leaves);
});

test('a console is told from another by the script that its page begins with', () => {
  const page = '<script type="module" crossorigin src="/assets/index-B.js"></script>';
  expect([isOfAnother(page, '/assets/index-A.js'), isOfAnother(page, '/assets/index-B.js')]).toEqual([true, false]);
  expect(isOfAnother('<p>The console is being built.</p>', '/assets/index-A.js')).toBe(false);
});
