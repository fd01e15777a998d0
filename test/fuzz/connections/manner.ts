import type { Chance } from '../../faults/chance.ts';

/** How the bytes of an input reach a listener. Times in milliseconds; `at` and `cuts` are shares of the bytes, 0 to 1. */
export type Manner =
  /** At once, and what is answered is read. */
  | { readonly how: 'whole' }
  /** In pieces, with a pause between each two. */
  | { readonly how: 'in pieces'; readonly cuts: readonly number[]; readonly pauseMs: number }
  /** At once, and the client's side is ended right behind it. */
  | { readonly how: 'half-closed' }
  /** Up to there; then the client breaks the connection off with a reset. */
  | { readonly how: 'reset'; readonly at: number; readonly afterMs: number }
  /** So many times over, on one connection, whose answers are read. */
  | { readonly how: 'pipelined'; readonly times: number }
  /** The same, and no answer is read for that long; then a reset. */
  | { readonly how: 'unread'; readonly times: number; readonly forMs: number }
  /** Up to there, and nothing more: the client stays until the other end has closed the connection. */
  | { readonly how: 'stopped'; readonly at: number }
  /** The same, but for a byte now and then. */
  | { readonly how: 'dripping'; readonly at: number; readonly everyMs: number };

type How = Manner['how'];

const SHARES: readonly (readonly [How, number])[] = [
  ['whole', 0.46],
  ['in pieces', 0.12],
  ['half-closed', 0.1],
  ['reset', 0.16],
  ['pipelined', 0.08],
  ['unread', 0.02],
  ['stopped', 0.04],
  ['dripping', 0.02],
];

export function drawManner(chance: Chance): Manner {
  const how = draw(chance, SHARES);
  switch (how) {
    case 'whole':
    case 'half-closed':
      return { how };
    case 'in pieces':
      return {
        how,
        cuts: Array.from({ length: chance.whole(1, 4) }, () => chance.fraction()).sort((a, b) => a - b),
        pauseMs: chance.whole(0, 4),
      };
    case 'reset':
      // Often right behind the last byte: what was sent is then read, or not, when the reset is there.
      return { how, at: chance.one(0.6) ? 1 : chance.fraction(), afterMs: chance.one(0.5) ? 0 : chance.whole(1, 30) };
    case 'pipelined':
      return { how, times: chance.whole(2, 20) };
    case 'unread':
      return { how, times: chance.one(0.1) ? 1_000 : chance.whole(5, 200), forMs: chance.whole(200, 4_000) };
    case 'stopped':
      return { how, at: chance.one(0.1) ? 0 : chance.fraction() };
    case 'dripping':
      return { how, at: chance.fraction(), everyMs: chance.whole(50, 2_000) };
  }
}

/** The first, the second, … each as often as its share says; the first where the shares leave something over. */
export function draw<T>(chance: Chance, shares: readonly (readonly [T, number])[]): T {
  const [[first] = []] = shares;
  let left = chance.fraction();
  for (const [what, share] of shares) {
    left -= share;
    if (left < 0) return what;
  }
  if (first === undefined) throw new RangeError('chance was asked to choose from nothing');
  return first;
}
