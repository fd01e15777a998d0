import { TEAR_MODES } from '@keyrack/agent/encoder/simulated/card-memory.ts';
import { createRandom, type Random } from '../clockwork/random.ts';
import type { Deed, Fault, FaultKind, Plan } from './plan.ts';

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

/** What faults strike: the property, and what people do in it. */
export interface Stage {
  readonly setting: Plan['setting'];
  readonly troubledMs: number;
  readonly deeds: readonly Deed[];
}

export function drawFaults(seed: number, stage: Stage): Fault[] {
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
export function drawTwins(seed: number, stage: Stage): Fault[] {
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
    // Drawn with what is asked over /v1.
    case 'scope off':
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
