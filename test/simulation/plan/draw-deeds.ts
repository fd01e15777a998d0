import { createRandom } from '../clockwork/random.ts';
import { CLONE_ENCODER } from '../property/hotel.ts';
import type { Deed, Fault, Plan } from './plan.ts';

type Setting = Plan['setting'];

/** Cards of type 4 are asked for by the encoder; the others go to the first one, where their member is signed in. */
function isType4(card: number): boolean {
  return card % 2 === 0;
}

/** Requests one after the other, or two at once at an agent's two encoders, each with its card: all must succeed. */
export function drawCalmDeeds(seed: number, { agents, encoders, chips, blank }: Setting): Deed[] {
  const random = createRandom(seed, 'deeds');
  const deeds: Deed[] = [];
  const agent = random.between(0, agents - 1);
  deeds.push({ at: 1_500, do: 'sign in', agent, member: 0 });
  let at = 3_000;
  const issued = blank.map((each) => !each);
  for (let i = 0; i < random.between(2, 6); i += 1) {
    const card = random.between(0, chips.length - 1);
    const encoder = isType4(card) ? random.between(0, (encoders[agent] ?? 1) - 1) : 0;
    const until = at + random.between(4_000, 6_000);
    const carryOut = (which: number, where: number) => {
      const kind = issued[which] ? random.pick(['cancel', 'read'] as const) : 'issue';
      if (kind !== 'read') issued[which] = kind === 'issue';
      const place = { card: which, agent, encoder: where };
      const ask = { do: 'ask', kind, member: 0, ...place, hangsUpAfter: null, repeatsAfter: null } as const;
      deeds.push({ at: at - random.between(-1_500, 500), do: 'place', ...place }, { at, ...ask });
      deeds.push({ at: until - 600, do: 'remove', agent, encoder: where });
    };
    carryOut(card, encoder);
    const beside = (card + 1) % chips.length;
    if (beside !== card && encoders[agent] === 2 && (encoder === 1 || isType4(beside))) carryOut(beside, 1 - encoder);
    at = until;
  }
  return deeds;
}

export function drawDeeds(seed: number, property: Setting, troubledMs: number): Deed[] {
  const random = createRandom(seed, 'deeds');
  const { agents, encoders, chips } = property;
  const deeds: Deed[] = [];
  const anyAgent = () => random.between(0, agents - 1);
  const anyCard = () => random.between(0, chips.length - 1);
  const home = anyAgent();
  let at = random.between(1_500, troubledMs);
  deeds.push({ at: 1_200, do: 'sign in', agent: home, member: 0 });
  if (random.chance(0.5)) deeds.push({ at: 1_300, do: 'sign in', agent: anyAgent(), member: 1 });
  for (let i = random.between(3, 10); i > 0; i -= 1) {
    // Some come in a rush, so that several encoders work at once and requests queue up.
    at = random.chance(0.25) ? at + random.between(0, 1_500) : random.between(1_500, troubledMs);
    const card = anyCard();
    const agent = random.chance(0.6) ? home : anyAgent();
    const encoder = isType4(card) ? random.between(0, (encoders[agent] ?? 1) - 1) : 0;
    const ask = {
      do: 'ask',
      kind: random.pick(['cancel', 'cancel', 'cancel', 'issue', 'issue', 'read'] as const),
      card,
      member: random.chance(0.8) ? 0 : 1,
      hangsUpAfter: null,
      repeatsAfter: null,
    } as const;
    deeds.push({
      ...ask,
      at,
      agent,
      encoder,
      hangsUpAfter: random.chance(0.15) ? random.between(10, 15_000) : null,
      repeatsAfter: random.chance(0.3) ? random.between(50, 20_000) : null,
    });
    const placed = at + random.between(-1_500, 4_000);
    deeds.push({ at: placed, do: 'place', card: random.chance(0.1) ? anyCard() : card, agent, encoder });
    if (random.chance(0.5)) deeds.push({ at: placed + random.between(200, 8_000), do: 'remove', agent, encoder });
    if (random.chance(0.2)) {
      const other = anyAgent();
      const moved = placed + random.between(100, 6_000);
      deeds.push({ at: moved, do: 'place', card, agent: other, encoder: 0 });
      // Impatient people try the same at the other desk.
      if (random.chance(0.5)) deeds.push({ ...ask, at: moved - random.between(0, 2_000), agent: other, encoder: 0 });
    }
  }
  if (random.chance(0.2)) deeds.push({ at: random.between(2_000, troubledMs), do: 'sign out', agent: home });
  if (random.chance(0.3))
    deeds.push({
      at: random.between(2_000, troubledMs),
      do: 'sign in',
      agent: anyAgent(),
      member: random.between(0, 1),
    });
  if (random.chance(0.15)) deeds.push({ at: random.between(2_000, troubledMs), do: 'decline', agent: anyAgent() });
  return deeds.map((deed) => ({ ...deed, at: Math.max(0, deed.at) }));
}

/** Of some rooms the next guest comes while the one before has hardly gone, and gets another card. */
export function drawNextGuests(seed: number, deeds: readonly Deed[], { chips }: Setting): Deed[] {
  const random = createRandom(seed, 'next guests');
  return deeds.flatMap((deed) => {
    if (deed.do !== 'ask' || deed.kind !== 'issue' || !random.chance(0.3)) return [];
    const at = deed.at + random.between(3_000, 9_000);
    const { agent, encoder } = deed;
    const ask = { ...deed, at, member: 1 - deed.member, hangsUpAfter: null, repeatsAfter: null };
    return [
      ask,
      { at: at + random.between(0, 1_500), do: 'place', card: random.between(0, chips.length - 1), agent, encoder },
    ];
  });
}

/**
 * Callers who give up and ask again, for every kind of operation, while one card after another lies on the encoder; and
 * couples, whose two keys are two equal requests. Cards are left lying after a write, and taken away only sometimes.
 */
export function drawImpatience(seed: number, deeds: readonly Deed[], { chips }: Setting): Deed[] {
  const random = createRandom(seed, 'impatience');
  const anyCard = () => random.between(0, chips.length - 1);
  return deeds.flatMap((deed): Deed[] => {
    if (deed.do !== 'ask' || !random.chance(0.25)) return [];
    const { agent, encoder, card } = deed;
    const kind = random.pick(['read', 'read', 'issue', 'issue', 'cancel'] as const);
    const at = deed.at + random.between(0, 8_000);
    const ask = { ...deed, kind, at, hangsUpAfter: random.between(10, 4_000), repeatsAfter: null };
    const again = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, i): Deed => {
      const isLast = random.chance(0.6);
      const hangsUpAfter = isLast ? null : random.between(10, 6_000);
      return { ...ask, at: at + (i + 1) * random.between(100, 5_000), hangsUpAfter };
    });
    const couple: Deed[] = random.chance(0.3)
      ? [
          { ...ask, hangsUpAfter: null },
          { ...ask, hangsUpAfter: null },
        ]
      : [];
    const hands = Array.from({ length: random.pick([1, 2, 3]) }, (): Deed[] => {
      const placed = at + random.between(-500, 9_000);
      const place: Deed = { at: placed, do: 'place', card: random.chance(0.6) ? card : anyCard(), agent, encoder };
      return random.chance(0.4)
        ? [place, { at: placed + random.between(200, 3_000), do: 'remove', agent, encoder }]
        : [place];
    }).flat();
    return [ask, ...again, ...couple, ...hands].map((each) => ({ ...each, at: Math.max(0, each.at) }));
  });
}

/**
 * Of some rooms stays are sold ahead: cards that begin a minute or two later, for either guest, issued before and after cards that
 * begin sooner; and more keys for whoever has the room then.
 */
export function drawLaterStays(seed: number, deeds: readonly Deed[], { chips }: Setting): Deed[] {
  const random = createRandom(seed, 'later stays');
  if (!random.chance(0.3)) return [];
  return deeds.flatMap((deed): Deed[] => {
    if (deed.do !== 'ask' || deed.kind !== 'issue' || !random.chance(0.6)) return [];
    const { agent, encoder } = deed;
    return Array.from({ length: random.pick([1, 2, 2, 3]) }, (): Deed[] => {
      const at = Math.max(0, deed.at + random.between(-9_000, 9_000));
      const begins = random.chance(0.7) ? { begins: 60_000 * random.pick([1, 1, 1, 2]) } : {};
      const mode = random.chance(0.3) ? { mode: random.pick(['new', 'duplicate'] as const) } : {};
      const member = random.between(0, 1);
      return [
        { ...deed, at, member, ...begins, ...mode, hangsUpAfter: null, repeatsAfter: null },
        { at: at + random.between(0, 1_500), do: 'place', card: random.between(0, chips.length - 1), agent, encoder },
      ];
    }).flat();
  });
}

/** A card is taken away while it is being read, and the very next moment the same reading is asked for again. */
export function drawSwaps(seed: number, { agents, encoders, chips }: Setting, troubledMs: number): Deed[] {
  const random = createRandom(seed, 'swaps');
  return Array.from({ length: random.between(8, 16) }, (): Deed[] => {
    const agent = random.between(0, agents - 1);
    const encoder = random.between(0, (encoders[agent] ?? 1) - 1);
    const card = 2 * random.between(0, Math.floor((chips.length - 1) / 2));
    const at = random.between(3_000, troubledMs);
    const taken = at + random.between(50, random.pick([300, 800, 3_000]));
    const ask = { do: 'ask', kind: 'read', card, member: 0, agent, encoder, repeatsAfter: null } as const;
    return [
      { at, do: 'place', card: random.between(0, chips.length - 1), agent, encoder },
      { ...ask, at: at + random.between(0, 200), hangsUpAfter: random.chance(0.5) ? random.between(50, 2_000) : null },
      { at: taken, do: 'remove', agent, encoder },
      { ...ask, at: taken + random.between(1, 60), hangsUpAfter: null },
      {
        at: taken + random.between(500, 3_000),
        do: 'place',
        card: random.between(0, chips.length - 1),
        agent,
        encoder,
      },
    ];
  }).flat();
}

export function deedsAtClone(
  seed: number,
  i: number,
  { at, agent }: Extract<Fault, { kind: 'folder copied' }>,
  property: Setting,
): Deed[] {
  const random = createRandom(seed, `clone ${i}`);
  const card = random.chance(0.7) ? 0 : Math.min(2, property.chips.length - 1) & ~1;
  const asked = at + random.between(500, 5_000);
  const where = { card, agent, encoder: CLONE_ENCODER };
  return [
    {
      at: asked,
      do: 'ask',
      kind: random.pick(['cancel', 'issue']),
      member: 0,
      hangsUpAfter: null,
      repeatsAfter: null,
      ...where,
    },
    { at: asked + random.between(0, 3_000), do: 'place', ...where },
  ];
}
