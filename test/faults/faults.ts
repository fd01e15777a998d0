import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TcpProxy } from '../world/tcp-proxy.ts';
import type { Chance } from './chance.ts';
import type { FaultName } from './command-line.ts';
import type { Part } from './part.ts';
import type { SmallDisk } from './small-disk.ts';

export interface Targets {
  readonly server: Part;
  readonly serverDisk: SmallDisk | null;
  readonly callers: TcpProxy;
  readonly desks: readonly DeskTarget[];
  /** Where journals are kept that are taken away from their agents. */
  readonly lostJournals: string;
}

export interface DeskTarget {
  readonly part: Part;
  readonly line: TcpProxy;
  readonly journalFolder: string;
  readonly journalDisk: SmallDisk | null;
}

export interface Faults {
  /** How often each kind befell something. */
  readonly counts: ReadonlyMap<string, number>;
  /** Begins nothing more until `resume`, and resolves when all that was begun is over. */
  pause(): Promise<void>;
  resume(): void;
  /** Ends the faults; what stands still goes on, and all disks have room. */
  stop(): Promise<void>;
}

/** Between two tries to kill, on the average: about one in three finds no part that has worked for long enough. Milliseconds. */
const KILL_EVERY_MS = 700;
/** Between two faults of other kinds, on the average. Milliseconds. */
const OTHER_EVERY_MS = 1_500;
/** The server is one of four parts, and everything stands still while it starts. */
const SERVER_SHARE = 0.2;
/** How long a part is at work before it may die: otherwise a slow machine does nothing but start them. Milliseconds. */
const LIFE_MS = { server: 3_000, agent: 1_000 } as const;
/** Share of an agent's deaths that come earlier all the same, and while it starts. */
const EARLY_SHARE = 0.1;
/** Share of an agent's deaths in which its journal is lost. */
const LOST_JOURNAL_SHARE = 0.03;

/** Faults of the wanted kinds that come at random, many of them at once. */
export function startFaults(targets: Targets, wanted: ReadonlySet<FaultName>, chance: Chance): Faults {
  const { server, serverDisk, callers, desks } = targets;
  const counts = new Map<string, number>();
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  let paused = false;
  const note = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  let losses = 0;

  const loseJournal = async ({ journalFolder }: DeskTarget) => {
    losses += 1;
    const files = (await readdir(journalFolder)).filter((file) => file !== 'filler');
    for (const file of files) {
      await cp(join(journalFolder, file), join(targets.lostJournals, String(losses), file), { recursive: true });
      await rm(join(journalFolder, file));
    }
    note('lost journal');
  };
  const killDesk = (desk: DeskTarget) => {
    if (!desk.part.kill()) return;
    note('kill agent');
    if (wanted.has('lost-journals') && chance.one(LOST_JOURNAL_SHARE))
      desk.part.beforeNextStart(() => loseJournal(desk));
  };
  const killServer = () => {
    if (server.kill()) note('kill server');
  };
  const kill = () => {
    // A power cut takes everything at once.
    if (chance.one(0.02)) {
      killServer();
      desks.forEach(killDesk);
    } else if (chance.one(SERVER_SHARE) && (server.upForMs() ?? 0) > LIFE_MS.server) killServer();
    else {
      const early = chance.one(EARLY_SHARE);
      const ripe = desks.filter(({ part }) => early || (part.upForMs() ?? 0) > LIFE_MS.agent);
      if (ripe.length > 0) killDesk(chance.of(ripe));
    }
  };
  const fullDisk = async (disk: SmallDisk | null, name: string) => {
    if (disk === null) return;
    note(`full disk of ${name}`);
    await disk.fill();
    await wait(chance.between(300, 2_000));
    await disk.makeRoom();
  };
  /** The line, or that of all callers. */
  const anyLine = () => chance.of([...desks.map(({ line }) => line), callers]);
  const other: readonly (readonly [FaultName, () => unknown])[] = [
    [
      'lines',
      () => {
        anyLine().cut();
        note('cut');
      },
    ],
    [
      'lines',
      () => {
        const ms = chance.between(100, 1_500);
        anyLine().refuse(ms);
        note('cut for a while');
        return wait(ms);
      },
    ],
    [
      'lines',
      () => {
        const ms = chance.one(0.2) ? chance.between(4_000, 8_000) : chance.between(100, 2_000);
        anyLine().stall(ms, chance.of(['both', 'up', 'down'] as const));
        note('stall');
        return wait(ms);
      },
    ],
    [
      'freezes',
      () => {
        note('freeze agent');
        const ms = chance.one(0.2) ? chance.between(5_000, 7_000) : chance.between(100, 2_000);
        return chance.of(desks).part.freeze(ms);
      },
    ],
    [
      'freezes',
      () => {
        note('freeze server');
        return server.freeze(chance.between(100, 1_500));
      },
    ],
    ['journal-disk', () => fullDisk(chance.of(desks).journalDisk, 'an agent')],
    ['database-disk', () => fullDisk(serverDisk, 'the server')],
  ];
  const others = other.filter(([name]) => wanted.has(name)).map(([, act]) => act);

  const every = async (mean: number, act: () => unknown) => {
    while (!stopping.signal.aborted) {
      await wait(mean * chance.between(0.3, 1.7), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      if (paused) continue;
      const done = Promise.resolve(act()).catch((error: unknown) => {
        process.stderr.write(`a fault could not be carried out: ${String(error)}\n`);
      });
      underWay.add(done);
      void done.then(() => underWay.delete(done));
    }
  };
  const loops = [
    ...(wanted.has('kills') ? [every(KILL_EVERY_MS, kill)] : []),
    ...(others.length > 0 ? [every(OTHER_EVERY_MS, () => chance.of(others)())] : []),
  ];
  return {
    counts,
    async pause() {
      paused = true;
      await Promise.all(underWay);
    },
    resume() {
      paused = false;
    },
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      await Promise.all(underWay);
      for (const disk of [serverDisk, ...desks.map(({ journalDisk }) => journalDisk)]) await disk?.makeRoom();
    },
  };
}
