import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Findings } from './findings.ts';
import type { Programs } from './under-fuzz/start-programs.ts';
import type { WatchedProcess } from './under-fuzz/watched-process.ts';
import { type Memory, megabytes } from './verdict.ts';

/** Compares what the programs under fuzz, and this process, hold after the first part of a run and at its end. */
export interface MemoryWatch {
  /** Looks, says what it sees, and remembers it: first before any input. No connection may be open. */
  look(inputs: number): Promise<void>;
  /** Of the programs under fuzz. */
  memory(): readonly Memory[];
}

/**
 * What may grow in this process, in bytes: heap and buffers after a collection each, and all that it holds. Other limits
 * than those of the programs, since what feeds them is in it too.
 */
const GROWTH_WITHIN = { used: 48 * 1024 * 1024, resident: 256 * 1024 * 1024 } as const;
/** The first part of a run: the inputs after which programs are warm. In shorter runs it is the first round. */
const FIRST_PART = 100_000;
/** Connections that their clients have left are gone from a program within this. Milliseconds. */
const LEAVE_MS = 5_000;
/** What right requests hold open at any moment. */
const SPARE_DESCRIPTORS = 8;

interface Look {
  readonly bytes: number;
  readonly heapBytes: number;
  readonly descriptors: number | null;
}

export function watchMemory(
  programs: Programs | null,
  inputs: number,
  findings: Findings,
  say: (text: string) => void,
): MemoryWatch {
  const collect = garbageCollector();
  const firstPart = Math.min(FIRST_PART, Math.round(inputs / 10));
  const start = new Map<string, Look>();
  const first = new Map<string, Look>();
  const last = new Map<string, Look>();
  let atFirst: { readonly used: number; readonly resident: number } | null = null;

  const lookAt = async (each: WatchedProcess<unknown>): Promise<Look | null> => {
    const before = first.get(each.name)?.descriptors ?? null;
    const deadline = performance.now() + LEAVE_MS;
    while (before !== null && (each.descriptors() ?? 0) > before + SPARE_DESCRIPTORS && performance.now() < deadline)
      await wait(50);
    const usage = await each.usage();
    if (usage === null) {
      findings.note('crashes', each.name, null, 'it does not answer its parent any more');
      return null;
    }
    return { bytes: usage.rssBytes, heapBytes: usage.heapBytes, descriptors: each.descriptors() };
  };

  return {
    async look(fed) {
      const isFirst = atFirst === null && fed > 0 && fed >= firstPart;
      for (const each of programs?.all ?? []) {
        const seen = await lookAt(each);
        if (seen === null) continue;
        if (fed === 0) start.set(each.name, seen);
        if (isFirst || !first.has(each.name)) first.set(each.name, seen);
        last.set(each.name, seen);
      }
      // Twice: buffers are let go of by the collection after that of what held them.
      collect();
      collect();
      const { heapUsed, external, rss } = process.memoryUsage();
      const now = { used: heapUsed + external, resident: rss };
      if (isFirst) atFirst = now;
      if (fed >= inputs && atFirst !== null) {
        for (const kind of ['used', 'resident'] as const) {
          if (now[kind] - atFirst[kind] <= GROWTH_WITHIN[kind]) continue;
          const grown = `from ${megabytes(atFirst[kind])} to ${megabytes(now[kind])}`;
          findings.note('crashes', 'memory of this process', null, `what is ${kind} grew ${grown}`);
        }
      }
      const held = [...last].map(
        ([name, { bytes, heapBytes, descriptors }]) =>
          `${name} ${megabytes(bytes)} (heap ${megabytes(heapBytes)}, ${descriptors} open)`,
      );
      say([`${fed} inputs; this process ${megabytes(now.used)}, resident ${megabytes(rss)}`, ...held].join('; '));
    },
    memory: () =>
      (programs?.all ?? []).flatMap((each): Memory[] => {
        const [before, a, b] = [start.get(each.name), first.get(each.name), last.get(each.name)];
        if (before === undefined || a === undefined || b === undefined) return [];
        const descriptorsMore = a.descriptors === null || b.descriptors === null ? null : b.descriptors - a.descriptors;
        return [
          {
            name: each.name,
            start: before.bytes,
            first: a.bytes,
            last: b.bytes,
            peak: each.peakBytes(),
            descriptorsMore,
          },
        ];
      }),
  };
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
