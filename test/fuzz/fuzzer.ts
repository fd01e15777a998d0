import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Chance, chanceOf } from '../faults/chance.ts';
import type { Input, Target } from './target.ts';

export interface Figures {
  inputs: number;
  crashes: number;
  fiveHundreds: number;
  slow: number;
}

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Targets whose name doesn't contain this are left out, and leave their inputs to nobody. */
  readonly only: string;
  readonly targets: readonly Target[];
  readonly say: (text: string) => void;
}

/** An answer that takes longer counts as slow. Milliseconds. */
const SLOW_MS = 1_000;
/** How often an input that was slow is fed again: slow by itself, or only since the machine was busy? */
const SECOND_TRIES = 2;
/**
 * What may grow from a tenth of the inputs to the end, in bytes: heap and buffers after a collection each, and all that
 * the process holds, its databases' threads and caches included.
 */
const GROWTH = { used: 48 * 1024 * 1024, resident: 256 * 1024 * 1024 } as const;
/** Findings of one kind that are shown in full. */
const SHOWN = 5;

/** Feeds the targets, each its share, and counts what must not happen. What nobody caught counts too. */
export async function fuzz({ inputs, seed, only, targets, say }: FuzzOptions): Promise<Figures> {
  const figures: Figures = { inputs: 0, crashes: 0, fiveHundreds: 0, slow: 0 };
  const shown = new Map<string, number>();
  const tell = (kind: string, where: string, input: Input | null, detail: string) => {
    const count = (shown.get(kind) ?? 0) + 1;
    shown.set(kind, count);
    if (count <= SHOWN) say(`${kind} at ${where}: ${detail}\n  input: ${show(input)}`);
  };
  let latest: { where: string; input: Input } | null = null;
  const uncaught = (error: unknown) => {
    figures.crashes += 1;
    tell('uncaught', latest?.where ?? 'nowhere', latest?.input ?? null, describe(error));
  };
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', uncaught);

  const collect = garbageCollector();
  const counts = shareOut(inputs, targets);
  const feedTarget = async (target: Target, count: number, chance: Chance) => {
    let left = count;
    const lane = async () => {
      while (left > 0) {
        left -= 1;
        figures.inputs += 1;
        const input = target.next(chance);
        latest = { where: target.name, input };
        await feed(target, input);
      }
    };
    await Promise.all(Array.from({ length: target.lanes }, lane));
  };
  const feed = async (target: Target, input: Input) => {
    for (let i = 0; i <= SECOND_TRIES; i += 1) {
      const begun = performance.now();
      try {
        const fed = await input.feed();
        figures.fiveHundreds += fed?.fiveHundreds ?? 0;
        if (fed?.fiveHundreds) tell('5xx', target.name, input, `${fed.fiveHundreds} answers`);
        const ms = fed?.ms ?? performance.now() - begun;
        if (ms < SLOW_MS) return;
        if (i < SECOND_TRIES) continue;
        figures.slow += 1;
        tell('slow', target.name, input, `${Math.round(ms)} ms`);
      } catch (error) {
        figures.crashes += 1;
        tell('crash', target.name, input, describe(error));
        return;
      }
    }
  };

  try {
    // In rounds, so that memory is compared between two moments at which every target has worked.
    const rounds = 10;
    let atFirst = { used: 0, resident: 0 };
    for (let round = 0; round < rounds; round += 1) {
      for (const [i, target] of targets.entries()) {
        if (!target.name.includes(only)) continue;
        const upTo = (part: number) => Math.round(((counts[i] as number) * part) / rounds);
        await feedTarget(target, upTo(round + 1) - upTo(round), chanceOf(seed + 7_919 * (round * 31 + i)));
      }
      collect();
      const { heapUsed, external, rss } = process.memoryUsage();
      const memory = { used: heapUsed + external, resident: rss };
      if (round === 0) atFirst = memory;
      for (const kind of ['used', 'resident'] as const) {
        if (round < rounds - 1 || memory[kind] - atFirst[kind] <= GROWTH[kind]) continue;
        figures.crashes += 1;
        tell('memory', kind, null, `it grew from ${megabytes(atFirst[kind])} to ${megabytes(memory[kind])}`);
      }
      say(`${figures.inputs} inputs, memory ${megabytes(memory.used)}, resident ${megabytes(memory.resident)}`);
    }
  } finally {
    for (const target of targets) await target.close();
    process.off('uncaughtException', uncaught);
    process.off('unhandledRejection', uncaught);
  }
  return figures;
}

/** How many inputs each target gets: by its share, and all of them together. */
function shareOut(inputs: number, targets: readonly Target[]): number[] {
  const total = targets.reduce((sum, { share }) => sum + share, 0);
  let before = 0;
  return targets.map(({ share }) => {
    const from = Math.round((inputs * before) / total);
    before += share;
    return Math.round((inputs * before) / total) - from;
  });
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const SHOWN_CHARACTERS = 2_000;

function show(input: Input | null): string {
  if (input === null) return 'none';
  const text = typeof input.shown === 'string' ? input.shown : Buffer.from(input.shown).toString('latin1');
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
}
