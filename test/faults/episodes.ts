import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import type { FaultName } from './command-line.ts';
import { limitDescriptors, whyNoDescriptorLimit } from './descriptors.ts';
import type { Faults } from './faults.ts';
import type { Load } from './load.ts';
import type { Part } from './part.ts';
import type { PropertyAtWork } from './property-at-work.ts';
import type { SmallDisk } from './small-disk.ts';

/** A fault that comes, stays for some seconds and goes. After it everything must work again by itself. */
interface Episode {
  readonly name: FaultName;
  /** Null where it can't befall anything now. Else what it befell, and its end. */
  begin(): Promise<{ readonly what: string; readonly end: () => Promise<void> } | null>;
}

export interface Episodes {
  /** How often each came and went. */
  readonly counts: ReadonlyMap<string, number>;
  /** Where no operation succeeded in time after one. A sentence each. */
  readonly late: readonly string[];
  /** The longest time from the end of one to an operation at every desk, in milliseconds. */
  slowestMs(): number;
  /** Kinds that can't be had here, and why. */
  readonly leftOut: readonly string[];
  /** Ends when each kind came once. */
  stop(): Promise<void>;
}

export interface EpisodeParts {
  readonly atWork: PropertyAtWork;
  readonly wanted: ReadonlySet<FaultName>;
  readonly chance: Chance;
  /** What else befalls the parts: it rests while it is seen whether they work again. */
  readonly faults: Pick<Faults, 'pause' | 'resume'>;
  readonly load: Pick<Load, 'setCareful'>;
  /** When the latest request at a desk was sent that succeeded, by the desk's name, as `now` counts. */
  readonly served: ReadonlyMap<string, number>;
  readonly now: () => number;
}

/**
 * From the end of a fault to an operation at every desk: a caller who waits for a card in vain gives up within 15 s, and
 * then the desk is free for the next. Milliseconds.
 */
export const RECOVERY_MS = 30_000;
/** How long one stays. Milliseconds. */
const STAYS_MS = { least: 1_500, most: 5_000 } as const;
/** Between two of them. Milliseconds. */
const GAP_MS = { least: 500, most: 2_500 } as const;
const LOOK_MS = 25;
const MINUTE_MS = 60_000;
/** By how much a clock is wrong. */
const CLOCK_STEPS_MS = [1, 5, 60, 180, 24 * 60].flatMap((minutes) => [minutes * MINUTE_MS, -minutes * MINUTE_MS]);
/** Connections that are opened to use up what descriptors a server has left. */
const CONNECTIONS = 40;

export async function startEpisodes({
  atWork,
  wanted,
  chance,
  faults,
  load,
  served,
  now,
}: EpisodeParts): Promise<Episodes> {
  const { server, desks } = atWork;
  const noLimits = await whyNoDescriptorLimit();
  const kinds = episodesOf(atWork, chance, noLimits === null).filter(({ name }) => wanted.has(name));
  const counts = new Map<string, number>();
  const late: string[] = [];
  const stopping = new AbortController();
  let slowest = 0;

  /** How long it took until every desk had carried out an operation that was asked for after this moment. */
  const recovery = async (): Promise<{ readonly ms: number; readonly missing: readonly string[] }> => {
    const since = now();
    for (;;) {
      const missing = desks.filter(({ desk }) => (served.get(desk.name) ?? -1) < since).map(({ desk }) => desk.name);
      const ms = now() - since;
      if (missing.length === 0 || ms > RECOVERY_MS) return { ms, missing };
      await wait(LOOK_MS);
    }
  };
  const carryOut = async (episode: Episode) => {
    const begun = await episode.begin();
    if (begun === null) return;
    await wait(chance.between(STAYS_MS.least, STAYS_MS.most));
    await begun.end();
    counts.set(episode.name, (counts.get(episode.name) ?? 0) + 1);
    await faults.pause();
    load.setCareful(true);
    const before = ends([server, ...desks.map(({ part }) => part)]);
    const { ms, missing } = await recovery();
    load.setCareful(false);
    faults.resume();
    slowest = Math.max(slowest, ms);
    if (missing.length === 0) return;
    const ended = ends([server, ...desks.map(({ part }) => part)]) - before;
    late.push(
      `${begun.what}: after ${Math.round(ms)} ms no operation at ${missing.join(', ')} (${ended} ends meanwhile)`,
    );
  };
  const work = async () => {
    // In turn, and each once also where the run ends before.
    for (let i = 0; i < kinds.length || !stopping.signal.aborted; i += 1) {
      const episode = kinds[i % kinds.length];
      if (episode === undefined) return;
      const gap = wait(chance.between(GAP_MS.least, GAP_MS.most), undefined, { signal: stopping.signal });
      await gap.catch(() => undefined);
      if (i < kinds.length || !stopping.signal.aborted) await carryOut(episode);
    }
  };
  const done = work();
  return {
    counts,
    late,
    slowestMs: () => slowest,
    leftOut: noLimits === null || !wanted.has('descriptors') ? [] : [`descriptors (${noLimits})`],
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

function ends(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.endings().length, 0);
}

function episodesOf(
  { server, serverDisk, logDisk, serverPort, desks }: PropertyAtWork,
  chance: Chance,
  limits: boolean,
): Episode[] {
  const full = (what: string, disk: SmallDisk | null) => async () => {
    await disk?.fill();
    return disk === null ? null : { what, end: disk.makeRoom };
  };
  return [
    { name: 'log-disk', begin: full('the log disk was full', logDisk) },
    { name: 'database-disk', begin: full('the disk of the database was full', serverDisk) },
    {
      name: 'journal-disk',
      begin: () => {
        const { desk, journalDisk } = chance.of(desks);
        return full(`the disk of the journal of ${desk.name} was full`, journalDisk)();
      },
    },
    {
      name: 'clock',
      async begin() {
        const steps = [chance.of(CLOCK_STEPS_MS), chance.of(CLOCK_STEPS_MS)];
        const [first = 0, second = 0] = steps;
        server.setClock(first);
        const next = setTimeout(() => server.setClock(second), chance.between(500, 1_500));
        return {
          what: `the server's clock was wrong by ${steps.map((ms) => ms / MINUTE_MS).join(' and ')} minutes`,
          end: async () => {
            clearTimeout(next);
            server.setClock(0);
          },
        };
      },
    },
    {
      name: 'descriptors',
      async begin() {
        const ofServer = chance.one(0.6);
        const part = ofServer ? server : chance.of(desks).part;
        const pid = part.pid();
        if (pid === null || !limits) return null;
        const restore = await limitDescriptors(pid, chance.whole(0, 6));
        const idle = ofServer ? openConnections(serverPort) : [];
        return {
          what: `${part.name} had no descriptors`,
          end: async () => {
            await restore();
            for (const socket of idle) socket.destroy();
          },
        };
      },
    },
  ];
}

function openConnections(port: number): Socket[] {
  return Array.from({ length: CONNECTIONS }, () => connect(port, '127.0.0.1').on('error', () => {}));
}
