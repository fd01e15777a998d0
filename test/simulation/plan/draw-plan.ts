import { TEAR_MODES } from '@keyrack/agent/encoder/simulated/card-memory.ts';
import type { Chip } from '@keyrack/protocol';
import { createRandom, type Random } from '../clockwork/random.ts';
import { CLONE_ENCODER } from '../property/hotel.ts';
import type { Deed, Fault, FaultKind, Pace, Plan } from './plan.ts';

const CHIPS: readonly Chip[] = ['classic-1k', 'classic-1k', 'ntag-213', 'ultralight-ev1'];

/** Draws a seed's property, what people do in it, and its own mix of faults: each kind is on or off, and rare or frequent. */
export function drawPlan(seed: number): Plan {
  const random = createRandom(seed, 'setting');
  const calm = random.chance(0.06);
  const agents = random.pick([1, 1, 2, 2, 3]);
  const chips = Array.from({ length: random.pick([1, 2, 2, 3, 4]) }, () => random.pick(CHIPS));
  const encoders = Array.from({ length: agents }, () => random.pick([1, 1, 2]));
  const blank = chips.map(() => random.chance(0.2));
  const fromTheBox = createRandom(seed, 'new cards');
  const setting = { agents, encoders, chips, blank, asSold: blank.map((each) => each && fromTheBox.chance(0.5)) };
  const troubledMs = random.pick([25_000, 40_000, 60_000]);
  const pace = drawPace(createRandom(seed, 'pace'), calm);
  const deeds = calm ? drawCalmDeeds(seed, setting) : drawDeeds(seed, setting, troubledMs);
  const stage = { setting, troubledMs, deeds };
  const faults = calm ? [] : [...drawFaults(seed, stage), ...drawTwins(seed, stage)];
  const more = faults.flatMap((fault, i) =>
    fault.kind === 'folder copied' ? deedsAtClone(seed, i, fault, setting) : [],
  );
  const guests = calm ? [] : drawNextGuests(seed, deeds, setting);
  const impatient = calm ? [] : drawImpatience(seed, deeds, setting);
  const swaps = !calm && seed % SWAPS_EVERY === SWAPS_AT ? drawSwaps(seed, setting, troubledMs) : [];
  const all = [...deeds, ...more, ...guests, ...impatient, ...swaps].sort((a, b) => a.at - b.at);
  return { seed, setting, pace, calm, troubledMs, deeds: all, faults: [...faults].sort((a, b) => a.at - b.at) };
}

type TestProperty = Plan['setting'];

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

/** Cards of type 4 are asked for by the encoder; the others go to the first one, where their member is signed in. */
function isType4(card: number): boolean {
  return card % 2 === 0;
}

/** Requests one after the other, or two at once at an agent's two encoders, each with its card: all must succeed. */
function drawCalmDeeds(seed: number, { agents, encoders, chips, blank }: TestProperty): Deed[] {
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

function drawDeeds(seed: number, property: TestProperty, troubledMs: number): Deed[] {
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
function drawNextGuests(seed: number, deeds: readonly Deed[], { chips }: TestProperty): Deed[] {
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
function drawImpatience(seed: number, deeds: readonly Deed[], { chips }: TestProperty): Deed[] {
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

/** In every so many seeds cards are swapped under the hands of readers: rare otherwise, and hard to hit by chance. */
const SWAPS_EVERY = 50;
const SWAPS_AT = 49;

/** A card is taken away while it is being read, and the very next moment the same reading is asked for again. */
function drawSwaps(seed: number, { agents, encoders, chips }: TestProperty, troubledMs: number): Deed[] {
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

function deedsAtClone(
  seed: number,
  i: number,
  { at, agent }: Extract<Fault, { kind: 'folder copied' }>,
  property: TestProperty,
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

const KINDS: readonly FaultKind[] = [
  'cut',
  'half-open',
  'stall',
  'unreachable',
  'server crash',
  'server pause',
  'server clock',
  'agent crash',
  'agent pause',
  'agent clock',
  'journal lost',
  'folder restored',
  'folder copied',
  'disk full',
  'lying disk',
  'slow disk',
  'commit',
  'slow commit',
  'database restored',
  'card torn',
  'card snatched',
  'encoder fails',
  'encoder hangs',
  'write swallowed',
  'permission off',
  'account suspended',
  'late hello',
  'encoder moved',
];

interface Stage {
  readonly setting: TestProperty;
  readonly troubledMs: number;
  readonly deeds: readonly Deed[];
}

function drawFaults(seed: number, stage: Stage): Fault[] {
  const mix = createRandom(seed, 'mix');
  const share = mix.pick([0.08, 0.15, 0.3, 0.5]);
  return KINDS.flatMap((kind) => {
    if (!mix.chance(share)) return [];
    const random = createRandom(seed, `fault ${kind}`);
    return Array.from({ length: random.pick([1, 1, 2, 4]) }, () => drawFault(kind, random, stage)).flat();
  });
}

/**
 * In some properties with two desks, a second desk has a reader with the MAC of one at the first, once or twice. Sometimes
 * the first one's computer has died just before, in the middle of a write as often as not, and stays silent for long.
 */
function drawTwins(seed: number, stage: Stage): Fault[] {
  const random = createRandom(seed, 'encoders at two desks');
  const { agents, encoders, chips } = stage.setting;
  if (agents === 1 || !random.chance(0.15)) return [];
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, (): Fault[] => {
    const agent = random.between(0, agents - 1);
    const at = drawTime(random, stage);
    const twin: Fault = {
      at,
      kind: 'encoder twice',
      agent,
      encoder: random.between(0, (encoders[agent] ?? 1) - 1),
      to: (agent + random.between(1, agents - 1)) % agents,
      ms: random.between(1, random.pick([4_000, 20_000, 45_000])),
      card: random.between(0, chips.length - 1),
      placedAfter: random.between(0, 12_000),
      declinedAfter: random.chance(0.3) ? random.between(0, 8_000) : null,
    };
    if (!random.chance(0.4)) return [twin];
    const downMs = random.between(20_000, 45_000);
    const died = { kind: 'agent crash', agent, downMs, power: random.chance(0.5) } as const;
    return [
      { ...died, at: Math.max(0, at - random.between(0, 2_000)) },
      { ...twin, ms: random.between(30_000, 50_000) },
    ];
  }).flat();
}

/** Most faults strike where a card is about to be written: everywhere else little can go wrong. */
function drawTime(random: Random, { deeds, troubledMs }: Stage): number {
  const asks = deeds.filter((deed) => deed.do === 'ask');
  if (asks.length === 0 || random.chance(0.25)) return random.between(1_000, troubledMs);
  const ask = random.pick(asks);
  const placed = deeds.find((deed) => deed.do === 'place' && deed.at > ask.at - 2_000 && deed.card === ask.card);
  return Math.max(ask.at, placed?.at ?? 0) + random.between(0, random.pick([300, 700, 1_500, 6_000]));
}

/** Some computers are killed and lose their power soon after: what the first run left unsynced is at stake then. */
function drawAgentCrash(at: number, agent: number, random: Random): Fault[] {
  const downMs = random.between(1, random.pick([500, 8_000]));
  const crash: Fault = { at, kind: 'agent crash', agent, downMs, power: random.chance(0.5) };
  if (!random.chance(0.25)) return [crash];
  const again = at + downMs + random.between(0, 3_000);
  return [crash, { at: again, kind: 'agent crash', agent, downMs: random.between(1, 500), power: true }];
}

/** Often the copy takes the place of a computer that can't be reached, and that comes back with records of its own. */
function drawFolderCopied(at: number, agent: number, random: Random): Fault[] {
  const copied: Fault = { at, kind: 'folder copied', agent, forMs: random.between(1, random.pick([10_000, 30_000])) };
  if (!random.chance(0.5)) return [copied];
  const ms = random.between(2_000, 12_000);
  const silently = random.chance(0.3);
  return [copied, { at: at + random.between(0, 400), kind: 'unreachable', agent, ms, silently }];
}

function drawFault(kind: FaultKind, random: Random, stage: Stage): Fault[] {
  const { agents, encoders, chips } = stage.setting;
  const at = drawTime(random, stage);
  const agent = random.between(0, agents - 1);
  const encoder = random.between(0, (encoders[agent] ?? 1) - 1);
  const card = random.between(0, chips.length - 1);
  const timersFirst = random.chance(0.5);
  const upTo = (...most: number[]) => random.between(1, random.pick(most));
  switch (kind) {
    case 'cut':
    case 'journal lost':
      return [{ at, kind, agent }];
    case 'half-open':
      return [{ at, kind, agent, direction: random.pick(['to server', 'to agent', 'both'] as const) }];
    case 'stall':
      return [{ at, kind, agent, ms: upTo(500, 6_000, 24_000) }];
    case 'late hello':
      return [{ at, kind, agent, ms: upTo(6_000, 20_000), restartAfter: upTo(500, 3_000) }];
    case 'unreachable':
      return [{ at, kind, agent, ms: upTo(2_000, 20_000), silently: random.chance(0.4) }];
    case 'server crash':
      return [{ at, kind, downMs: upTo(500, 8_000), power: random.chance(0.3) }];
    case 'server pause':
      return [{ at, kind, ms: upTo(500, 6_000, 20_000), timersFirst }];
    case 'server clock': {
      // A correction, a time zone that was mistaken for the time, a wrong day.
      const most = random.pick([60_000, 3_600_000, 86_400_000]);
      return [{ at, kind, ms: random.between(-most, most) }];
    }
    case 'agent crash':
      return drawAgentCrash(at, agent, random);
    case 'agent pause':
      return [{ at, kind, agent, ms: upTo(500, 6_000, 20_000), timersFirst }];
    case 'agent clock':
      return [{ at, kind, agent, ms: random.between(-60_000, 60_000) }];
    case 'folder restored':
      return [{ at, kind, agent, ofMsBefore: upTo(1_000, 30_000) }];
    case 'folder copied':
      return drawFolderCopied(at, agent, random);
    case 'disk full':
      return [{ at, kind, agent, ms: upTo(3_000, 10_000) }];
    case 'lying disk': {
      const ms = upTo(5_000, 30_000);
      const crash: Fault = { at: at + ms + 10, kind: 'agent crash', agent, downMs: upTo(3_000), power: true };
      return [{ at, kind, agent, ms }, crash];
    }
    case 'slow disk':
      return [{ at, kind, agent, delayMs: upTo(500, 4_900, 8_000) }];
    case 'commit':
      return [
        {
          at,
          kind,
          fate: random.pick(['aborted', 'unknown, done', 'unknown, not done', 'unknown, late']),
          skip: random.between(0, 8),
        },
      ];
    case 'slow commit':
      return [{ at, kind, delayMs: upTo(500, 6_000, 9_500), skip: random.between(0, 8) }];
    case 'database restored':
      return [{ at, kind, ofMsBefore: upTo(500, 5_000, 30_000), told: random.chance(0.6) }];
    case 'card torn':
      return [{ at, kind, card, writes: random.between(1, 6), mode: random.pick(TEAR_MODES) }];
    case 'card snatched':
      return [{ at, kind, card }];
    case 'encoder moved':
      if (agents === 1) return [];
      return [
        { at, kind, agent, encoder, to: (agent + random.between(1, agents - 1)) % agents, ms: upTo(4_000, 20_000) },
      ];
    // Drawn apart: see `drawTwins`.
    case 'encoder twice':
      return [];
    case 'encoder fails':
      return [
        {
          at,
          kind,
          agent,
          encoder,
          code: random.pick(['card-gone', 'reader-hung', 'write-failed', 'read-failed']),
          in: random.between(1, 25),
        },
      ];
    case 'encoder hangs':
      return [{ at, kind, agent, encoder, ms: upTo(1_000, 6_000, 15_000) }];
    case 'write swallowed':
      return [{ at, kind, agent, encoder }];
    case 'permission off':
      return [{ at, kind, member: random.between(0, 1), ms: upTo(1_000, 10_000) }];
    case 'account suspended':
      return [{ at, kind, ms: upTo(1_000, 10_000) }];
  }
}
