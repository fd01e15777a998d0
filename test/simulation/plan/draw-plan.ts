import type { Chip } from '@keyrack/protocol';
import { createRandom, type Random } from '../clockwork/random.ts';
import {
  deedsAtClone,
  drawCalmDeeds,
  drawDeeds,
  drawImpatience,
  drawLaterStays,
  drawNextGuests,
  drawSwaps,
} from './draw-deeds.ts';
import { drawFaults, drawTwins } from './draw-faults.ts';
import { drawOverV1, isAskedOverV1, isQuiet, withBlankCards } from './draw-over-v1.ts';
import type { Pace, Plan } from './plan.ts';

const CHIPS: readonly Chip[] = ['classic-1k', 'classic-1k', 'ntag-213', 'ultralight-ev1'];

/** In every so many seeds cards are swapped under the hands of readers: rare otherwise, and hard to hit by chance. */
const SWAPS_EVERY = 50;
const SWAPS_AT = 49;

/** Draws a seed's property, what people do in it, and its own mix of faults: each kind is on or off, and rare or frequent. */
export function drawPlan(seed: number): Plan {
  const random = createRandom(seed, 'setting');
  const calm = random.chance(0.06);
  const agents = random.pick([1, 1, 2, 2, 3]);
  const chips = Array.from({ length: random.pick([1, 2, 2, 3, 4]) }, () => random.pick(CHIPS));
  const encoders = Array.from({ length: agents }, () => random.pick([1, 1, 2]));
  const blank = chips.map(() => random.chance(0.2));
  const fromTheBox = createRandom(seed, 'new cards');
  const overV1 = isAskedOverV1(seed);
  const asSold = blank.map((each) => each && fromTheBox.chance(0.5));
  const drawn = { agents, encoders, chips, blank, asSold, overV1 };
  const setting = overV1 && !calm ? withBlankCards(seed, drawn) : drawn;
  const troubledMs = random.pick([25_000, 40_000, 60_000]);
  const pace = drawPace(createRandom(seed, 'pace'), calm);
  const deeds = calm ? drawCalmDeeds(seed, setting) : drawDeeds(seed, setting, troubledMs);
  const stage = { setting, troubledMs, deeds };
  const v1 = overV1 && !calm ? drawOverV1(seed, setting, troubledMs) : { deeds: [], faults: [] };
  const others = calm || isQuiet(seed) ? [] : [...drawFaults(seed, stage), ...drawTwins(seed, stage)];
  const faults = [...others, ...v1.faults];
  const more = faults.flatMap((fault, i) =>
    fault.kind === 'folder copied' ? deedsAtClone(seed, i, fault, setting) : [],
  );
  const guests = calm ? [] : drawNextGuests(seed, deeds, setting);
  const impatient = calm ? [] : drawImpatience(seed, deeds, setting);
  const ahead = calm ? [] : drawLaterStays(seed, deeds, setting);
  const swaps = !calm && seed % SWAPS_EVERY === SWAPS_AT ? drawSwaps(seed, setting, troubledMs) : [];
  const all = [...deeds, ...more, ...guests, ...impatient, ...ahead, ...swaps, ...v1.deeds].sort((a, b) => a.at - b.at);
  return { seed, setting, pace, calm, troubledMs, deeds: all, faults: [...faults].sort((a, b) => a.at - b.at) };
}

function drawPace(random: Random, calm: boolean): Pace {
  return {
    message: random.pick(
      calm
        ? [[2, 20]]
        : [
            [1, 5],
            [2, 20],
            [5, 200],
            [20, 3_000],
          ],
    ),
    commit: random.pick(
      calm
        ? [[2, 10]]
        : [
            [1, 4],
            [2, 10],
            [5, 100],
            [10, 1_500],
          ],
    ),
    disk: random.pick(
      calm
        ? [[1, 5]]
        : [
            [0, 2],
            [1, 5],
            [2, 50],
            [5, 2_000],
          ],
    ),
    encoder: random.pick([0.5, 1, 1, 2]),
  };
}
