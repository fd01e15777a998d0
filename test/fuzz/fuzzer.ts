import { type Chance, chanceOf } from '../faults/chance.ts';
import { describe, type Findings } from './findings.ts';
import { type Input, SHARES, TARGET_NAMES, type Target } from './target.ts';

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Targets whose name doesn't contain this are left out, and leave their inputs to nobody. */
  readonly only: string;
  /** How many times as long as usual an answer may take. */
  readonly patience: number;
  readonly targets: readonly Target[];
  readonly findings: Findings;
  /** Called with the number of inputs so far when every target has had its part of them, and all connections are gone. */
  readonly afterRound: (inputs: number, round: Round) => Promise<void>;
  /** Once aborted, nothing more is fed. */
  readonly broken: AbortSignal;
}

export interface Round {
  readonly number: number;
  readonly of: number;
}

/** How often an input that was slow is fed again: slow by itself, or only since the machine was busy? */
const SECOND_TRIES = 2;
/** In rounds, so that memory is compared between two moments at which every target has worked. */
const LEAST_ROUNDS = 10;
const MOST_INPUTS_A_ROUND = 100_000;
/** How long connections that are left open at the end may take to be closed by the other side, by the run's length. */
const LAST_SETTLE_MS = { long: 45_000, short: 8_000 } as const;
const LONG_RUN = 200_000;

/** Feeds the targets, each its share, and notes what must not happen. What nobody caught counts too. Answers how many. */
export async function fuzz(options: FuzzOptions): Promise<number> {
  const { inputs, seed, only, patience, targets, findings, afterRound, broken } = options;
  let fed = 0;
  let latest: { where: string; input: Input } | null = null;
  const uncaught = (error: unknown) =>
    findings.note('crashes', latest?.where ?? 'nowhere', latest?.input ?? null, `uncaught: ${describe(error)}`);
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', uncaught);

  const feed = async ({ name, slowMs }: Target, input: Input) => {
    for (let i = 0; i <= SECOND_TRIES; i += 1) {
      const begun = performance.now();
      try {
        const result = await input.feed();
        if (result?.fiveHundreds) {
          findings.note('fiveHundreds', name, input, `${result.fiveHundreds} answers`, result.fiveHundreds);
        }
        const ms = result?.ms ?? performance.now() - begun;
        if (ms < slowMs * patience) return;
        if (i === SECOND_TRIES) findings.note('slow', name, input, `${Math.round(ms)} ms`);
      } catch (error) {
        return findings.note('crashes', name, input, describe(error));
      }
    }
  };
  const feedTarget = async (target: Target, count: number, chance: Chance) => {
    let left = count;
    const lane = async () => {
      while (left > 0 && !broken.aborted) {
        left -= 1;
        fed += 1;
        const input = target.next(chance);
        latest = { where: target.name, input };
        await feed(target, input);
      }
    };
    await Promise.all(Array.from({ length: target.lanes }, lane));
  };
  const check = async ({ name, check: work }: Target) => {
    try {
      await work?.();
    } catch (error) {
      findings.note('crashes', name, null, `after a round: ${describe(error)}`);
    }
  };

  const counts = shareOut(inputs);
  const of = Math.max(LEAST_ROUNDS, Math.ceil(inputs / MOST_INPUTS_A_ROUND));
  const lastSettleMs = inputs >= LONG_RUN ? LAST_SETTLE_MS.long : LAST_SETTLE_MS.short;
  try {
    for (let number = 1; number <= of && !broken.aborted; number += 1) {
      const work = targets.flatMap((target) => {
        if (!target.name.includes(only)) return [];
        const i = TARGET_NAMES.indexOf(target.name);
        const upTo = (round: number) => Math.round(((counts[i] ?? 0) * round) / of);
        const chance = chanceOf(seed + 7_919 * (number * 31 + i));
        return [{ target, feedIt: () => feedTarget(target, upTo(number) - upTo(number - 1), chance) }];
      });
      const [within, outside] = (['within', 'outside'] as const).map((where) =>
        work.filter(({ target }) => target.where === where),
      );
      for (const { feedIt } of within ?? []) await feedIt();
      await Promise.all((outside ?? []).map(({ feedIt }) => feedIt()));
      const settleMs = number === of && !broken.aborted ? lastSettleMs : 0;
      await Promise.all((outside ?? []).map(({ target }) => target.settle?.(settleMs)));
      if (!broken.aborted) for (const { target } of outside ?? []) await check(target);
      await afterRound(fed, { number, of });
    }
  } finally {
    for (const target of targets) await target.close();
    process.off('uncaughtException', uncaught);
    process.off('unhandledRejection', uncaught);
  }
  return fed;
}

/** How many inputs each target gets, in the order of their names: by its share, and all of them together. */
function shareOut(inputs: number): number[] {
  const shares = Object.values(SHARES);
  const total = shares.reduce((sum: number, share) => sum + share, 0);
  let before = 0;
  return shares.map((share) => {
    const from = Math.round((inputs * before) / total);
    before += share;
    return Math.round((inputs * before) / total) - from;
  });
}
