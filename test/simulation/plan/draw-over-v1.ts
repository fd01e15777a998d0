import { createRandom } from '../clockwork/random.ts';
import { GUESTS } from '../property/hotel.ts';
import type { Deed, Fault, Plan } from './plan.ts';

type Setting = Plan['setting'];

/** Whether a seed's property is asked over /v1 too. */
export function isAskedOverV1(seed: number): boolean {
  return createRandom(seed, 'over v1').chance(0.2);
}

/** Whether nothing else goes wrong there than what befalls these callers: most sets would be stopped by something else. */
export function isQuiet(seed: number): boolean {
  return isAskedOverV1(seed) && createRandom(seed, 'quiet').chance(0.5);
}

/** Copies take plastic: there are more cards, and more of them are blank. */
export function withBlankCards(seed: number, setting: Setting): Setting {
  const random = createRandom(seed, 'blank cards');
  const chips = [...setting.chips];
  while (chips.length < 3) chips.push('classic-1k');
  const blank = chips.map((_, i) => setting.blank[i] === true || random.chance(0.6));
  return { ...setting, chips, blank, asSold: chips.map((_, i) => setting.asSold[i] === true) };
}

/**
 * Programs with an API key, and members who are signed in there, ask for cards, for several of one issue more often than not.
 * They send the same again, and withdraw it; and what happens to the server and to their rights happens between two cards.
 */
export function drawOverV1(seed: number, { agents, encoders, chips, blank }: Setting, troubledMs: number) {
  const random = createRandom(seed, 'what is asked over v1');
  const deeds: Deed[] = [];
  const faults: Fault[] = [];
  // Whoever makes keys takes blank cards.
  const cards = chips.map((_, card) => card).sort((a, b) => Number(blank[b]) - Number(blank[a]) || a - b);
  for (let i = random.pick([1, 1, 2]); i > 0; i -= 1) {
    const at = random.between(2_000, troubledMs - 5_000);
    const agent = random.between(0, agents - 1);
    const encoder = random.between(0, (encoders[agent] ?? 1) - 1);
    const by = random.pick(['key', 'key', 0, 1] as const);
    const kind = random.pick(['issue', 'issue', 'issue', 'issue', 'cancel', 'read'] as const);
    const copies = kind === 'issue' ? random.pick([1, 2, 2, 3, 3, 4]) : 1;
    const card = random.between(0, chips.length - 1);
    deeds.push({
      ...{ at, do: 'ask over v1', by, kind, card, agent, copies },
      encoder: by !== 'key' && random.chance(0.2) ? null : encoder,
      guest: random.pick(GUESTS),
      mode: random.pick(['new', 'new', 'new', 'duplicate', 'lost']),
      ...(random.chance(0.15) && { begins: 60_000 * random.pick([1, 1, 2]) }),
      key: random.chance(0.6) ? `key-${i}` : null,
      waitMs: random.pick([null, null, 3_000, 20_000]),
      hangsUpAfter: random.chance(0.15) ? random.between(10, 6_000) : null,
      repeatsAfter: random.chance(0.4) ? [random.between(1, 50), random.between(50, 12_000)] : [],
    });
    let placed = at + random.between(-500, 2_500);
    for (let n = 0; n < copies; n += 1) {
      // Once in a while a hand takes the same card again.
      const next = random.chance(0.1) ? card : (cards[n % cards.length] as number);
      deeds.push({ at: Math.max(0, placed), do: 'place', card: next, agent, encoder });
      placed += random.between(800, random.pick([2_500, 5_000]));
      if (random.chance(0.8)) deeds.push({ at: placed, do: 'remove', agent, encoder });
      placed += random.between(50, 800);
    }
    const between = () => random.between(at, Math.max(at + 3_000, placed));
    if (random.chance(0.3)) {
      const what = random.pick(['operation', 'set', 'set'] as const);
      deeds.push({ at: between(), do: 'withdraw', by: random.pick(['key', 0] as const), what });
    }
    if (random.chance(0.25)) faults.push({ at: between(), kind: 'server crash', downMs: 300, power: false });
    if (random.chance(0.3)) {
      const ms = random.between(500, 8_000);
      faults.push(
        by === 'key'
          ? { at: between(), kind: 'scope off', ms }
          : { at: between(), kind: 'permission off', member: by, ms },
      );
    }
    if (random.chance(0.25)) {
      const fate = random.pick(['aborted', 'unknown, done', 'unknown, not done', 'unknown, late'] as const);
      faults.push({ at: between(), kind: 'commit', fate, skip: random.between(0, 3) });
    }
    if (random.chance(0.2))
      faults.push({
        at: between(),
        kind: 'slow commit',
        delayMs: random.between(500, 6_000),
        skip: random.between(0, 3),
      });
  }
  return { deeds, faults };
}
