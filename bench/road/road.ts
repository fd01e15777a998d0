import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LoopRun } from '../bare/loop-main.ts';
import type { Aim, Measured } from '../load/load-main.ts';
import { type CallersPoint, createNotes, type Found, type Order, profiling, type RoundFound } from '../measure.ts';
import { type Part, startPart } from '../parts/part.ts';
import { makeRunFolder } from '../parts/run-folder.ts';
import { makeDatabase, type OpenProperties, openProperties, startLoad } from '../properties/open-properties.ts';
import { median, quantile } from '../report/statistics.ts';

/** 200 front desks in 40 hotels, with two encoders each, so that 256 callers find one each. */
const PLAN = { desks: 200, desksPerProperty: 5, encodersPerDesk: 2, cardsPerEncoder: 8, roomsPerDesk: 20 };
const CALLERS = 64;
/** Transactions of an operation that its caller waits for: accepted, granted, reported. */
const TRANSACTIONS = 3;
/** How many callers the plot is drawn for. */
const CURVE = [1, 4, 16, 64, 256] as const;
/** From the first requests of a window until it is measured. Milliseconds. */
const SETTLE_MS = 500;

/** Seconds, but for the rounds. `warm`: before the first round, for code to be compiled and passwords to be known. */
const USUAL = { rounds: 5, window: 6, warm: 5, bare: 1.5, curve: 2.5, curveRounds: 3 };
const QUICK = { rounds: 3, window: 4, warm: 3, bare: 1, curve: 0, curveRounds: 0 };

const LOOP = fileURLToPath(new URL('../bare/loop-main.ts', import.meta.url));
const HTTP = fileURLToPath(new URL('../bare/http-main.ts', import.meta.url));

interface Site {
  readonly opened: OpenProperties;
  readonly loop: Part;
  readonly notes: ReturnType<typeof createNotes>;
  readonly curve: CallersPoint[][];
}

/**
 * The road of a card under load: 64 callers issue and cancel in turn, each at an encoder of its own, over signed HTTP. In
 * every round the bare loop and a bare HTTP server run beside it, so that ratios are of one moment.
 */
export async function measureRoad(order: Order): Promise<Found[]> {
  const times = order.quick ? QUICK : USUAL;
  const load = startLoad();
  const http = startPart(HTTP);
  const folder = makeRunFolder(order.folder);
  const sites: Site[] = [];
  for (const [place, checkout] of order.checkouts.entries())
    sites.push(await makeSite({ checkout, folder: join(folder, String(place)), load, execArgv: profiling(order) }));
  const desks = sites[0]?.opened.properties.desks ?? [];
  await load.ask('aim', { server: 'http', url: await http.ask<string>('listen'), desks } satisfies Aim);
  for (const { opened } of sites) await window(load, opened, { callers: CALLERS, seconds: times.warm });

  for (let round = 0; round < times.rounds; round += 1) {
    for (const [place, site] of sites.entries()) {
      const found = await measureRound(load, site, times);
      site.notes.note(found);
      order.say(
        `road, round ${round + 1} of ${times.rounds}${order.checkouts.length > 1 ? `, ${order.checkouts[place]}` : ''}: ` +
          `${found['road-operations'].toFixed(0)} operations/s, ${found['road-server-cpu'].toFixed(2)} ms of server CPU, ` +
          `p50 ${found['road-p50'].toFixed(0)} ms, loop ${found['road-loop'].toFixed(0)}/s, ` +
          `a flush ${found['road-flush'].toFixed(2)} ms`,
      );
    }
  }
  for (let round = 0; round < times.curveRounds; round += 1)
    for (const { opened, curve } of sites) curve.push(await measureCurve(load, opened, times.curve));

  for (const { opened } of sites) await opened.close();
  await Promise.all([load, http, ...sites.map(({ loop }) => loop)].map((part) => part.kill()));
  return sites.map(({ notes, curve }) => ({ values: notes.values, curves: { callers: middleOf(curve) } }));
}

async function makeSite(options: {
  readonly checkout: string;
  readonly folder: string;
  readonly load: Part;
  readonly execArgv: readonly string[];
}): Promise<Site> {
  const { checkout, folder, load, execArgv } = options;
  const opened = await openProperties({ checkout, dataFolder: join(folder, 'server'), plan: PLAN, load, execArgv });
  const bare = join(folder, 'loop');
  mkdirSync(bare, { recursive: true });
  await makeDatabase({ checkout, dataFolder: bare });
  const loop = startPart(LOOP);
  await loop.ask('open', join(bare, 'keyrack.db'));
  return { opened, loop, notes: createNotes(), curve: [] };
}

async function measureRound(
  load: Part,
  { opened, loop }: Site,
  times: { readonly window: number; readonly bare: number },
) {
  const bare = await loop.ask<LoopRun>('run', times.bare);
  const posts = { server: 'http', callers: CALLERS, seconds: times.bare };
  const http = await load.ask<{ readonly perSecond: number }>('post-only', posts);
  const road = await window(load, opened, { callers: CALLERS, seconds: times.window });
  return {
    'road-ratio': (road.operationsPerSecond * TRANSACTIONS) / bare.perSecond,
    'road-server-cpu': road.serverCpuMs,
    'road-p50': road.p50Ms,
    'road-p99-to-p50': road.p99Ms / road.p50Ms,
    'road-p99': road.p99Ms,
    'road-operations': road.operationsPerSecond,
    'road-server-main-cpu': road.serverMainMs,
    'road-agents-cpu': road.agentsCpuMs,
    'road-load-cpu': road.loadCpuMs,
    'road-loop': bare.perSecond,
    'road-loop-busy': bare.busyPercent,
    'road-flush': bare.flushMs,
    'road-http': http.perSecond,
  } satisfies RoundFound;
}

async function measureCurve(load: Part, opened: OpenProperties, seconds: number): Promise<CallersPoint[]> {
  const points: CallersPoint[] = [];
  for (const callers of CURVE) {
    const { operationsPerSecond, p50Ms, p99Ms } = await window(load, opened, { callers, seconds });
    points.push({ callers, operationsPerSecond, p50Ms, p99Ms });
  }
  return points;
}

/** Of each number of callers, the medians of all rounds. */
function middleOf(rounds: readonly (readonly CallersPoint[])[]): CallersPoint[] {
  return CURVE.flatMap((callers, place) => {
    const points = rounds.flatMap((round) => round[place] ?? []);
    if (points.length === 0) return [];
    const middle = (of: (point: CallersPoint) => number) => median(points.map(of));
    return {
      callers,
      operationsPerSecond: middle((point) => point.operationsPerSecond),
      p50Ms: middle((point) => point.p50Ms),
      p99Ms: middle((point) => point.p99Ms),
    };
  });
}

/** So many callers at work for so long: what they got, and what each process took for an operation. */
async function window(
  load: Part,
  { server, agents, name }: OpenProperties,
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
) {
  const parts = [server, agents, load];
  await load.ask('begin', { server: name, callers });
  await wait(SETTLE_MS);
  const before = await Promise.all(parts.map((part) => part.use()));
  const { seconds: took, done } = await load.ask<Measured>('measure', { server: name, seconds });
  const after = await Promise.all(parts.map((part) => part.use()));
  await load.ask('leave', { server: name });
  const [serverCpuMs = 0, agentsCpuMs = 0, loadCpuMs = 0] = after.map(
    ({ cpuMs }, place) => (cpuMs - (before[place]?.cpuMs ?? 0)) / done.length,
  );
  const serverMainMs = ((after[0]?.mainThreadMs ?? 0) - (before[0]?.mainThreadMs ?? 0)) / done.length;
  const times = done.map(({ ms }) => ms);
  return {
    operationsPerSecond: done.length / took,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    ...{ serverCpuMs, serverMainMs, agentsCpuMs, loadCpuMs },
  };
}
