import type { Done } from '../load/caller.ts';
import type { Measured } from '../load/load-main.ts';
import { createNotes, type Found, type HistoryPoint, type Order, profiling } from '../measure.ts';
import { startServer } from '../parts/keyrack-server.ts';
import type { Part } from '../parts/part.ts';
import { startLoad } from '../properties/open-properties.ts';
import { median, quantile } from '../report/statistics.ts';
import { measureBeside } from './beside.ts';
import { PLANS, type PlanName, QUERY_DAYS } from './history-plan.ts';
import { type OpenHistory, openHistory } from './open-history.ts';
import { type Prepared, prepareHistory } from './prepare.ts';

/** Seconds, but for numbers of times. */
const USUAL = { rounds: 5, starts: 3, work: 2.5, query: 0.8, besideRounds: 3, beside: 5 };
const QUICK = { rounds: 3, starts: 1, work: 1, query: 0.4, besideRounds: 1, beside: 3 };
/** In each round. */
const TURNS = 4;
/** For passwords to be known and code to be compiled. */
const WARM_SECONDS = 1.5;

/** What a lone caller saw of one database in one round. p50, milliseconds. */
interface Seen {
  readonly issue: number;
  readonly cancel: number;
  readonly query: number;
}

/**
 * Whether work gets slower with history: the same properties after half a year and after five years, a busy room beside a
 * new one, and card work beside what reads whole histories.
 */
export async function measureGrowth(order: Order): Promise<Found[]> {
  const found: Found[] = [];
  // One checkout after the other: each has databases of its own, and memory is for two of them.
  for (const checkout of order.checkouts) found.push(await measureCheckout(checkout, order));
  return found;
}

async function measureCheckout(checkout: string, order: Order): Promise<Found> {
  const times = order.quick ? QUICK : USUAL;
  const { say } = order;
  const names: PlanName[] = order.full ? ['small', 'large', 'full'] : ['small', 'large'];
  const prepared = new Map<PlanName, Prepared>();
  for (const name of [...names, 'audited' as const])
    prepared.set(name, await prepareHistory(name, { checkout, folder: order.folder, say }));
  const preparedOf = (name: PlanName) => prepared.get(name) as Prepared;
  const { note, values } = createNotes();
  const load = startLoad();

  const histories = new Map<PlanName, OpenHistory>();
  for (const name of names) {
    const starts: number[] = [];
    for (let nth = 0; nth < times.starts; nth += 1) {
      const server = await startServer({ checkout, dataFolder: preparedOf(name).dataFolder });
      starts.push(server.startMs);
      await server.stop();
    }
    for (const start of starts) note({ [`growth-start-${name}`]: start / 1_000 });
    say(
      `growth, ${PLANS[name].cards.toLocaleString('en')} cards: ready after ${(median(starts) / 1_000).toFixed(1)} s`,
    );
    histories.set(name, await openHistory({ checkout, prepared: preparedOf(name), load, execArgv: profiling(order) }));
  }
  for (const history of histories.values()) await warmUp(load, history);

  const seen = new Map<PlanName, Seen[]>(names.map((name) => [name, []]));
  for (let round = 0; round < times.rounds; round += 1) {
    for (const [name, one] of await look(load, histories, times)) seen.get(name)?.push(one);
    const [small, large] = ['small', 'large'].map((name) => seen.get(name as PlanName)?.at(-1)) as [Seen, Seen];
    for (const kind of ['issue', 'cancel', 'query'] as const) note({ [`growth-${kind}`]: large[kind] / small[kind] });
    const full = seen.get('full')?.at(-1);
    if (full !== undefined)
      note({
        'growth-full': Math.max(...(['issue', 'cancel', 'query'] as const).map((kind) => full[kind] / small[kind])),
      });
    const rooms = await lookAtRooms(load, histories.get('large') as OpenHistory, times.work);
    note({ 'growth-busy-room': rooms.busy / rooms.fresh });
    say(
      `growth, round ${round + 1} of ${times.rounds}: issue ${small.issue.toFixed(1)} and ${large.issue.toFixed(1)} ms, ` +
        `cancel ${small.cancel.toFixed(1)} and ${large.cancel.toFixed(1)} ms, ` +
        `query ${small.query.toFixed(1)} and ${large.query.toFixed(1)} ms; ` +
        `busy room ${rooms.busy.toFixed(1)}, new room ${rooms.fresh.toFixed(1)} ms`,
    );
  }
  for (const history of histories.values()) await history.close();

  const audited = await openHistory({ checkout, prepared: preparedOf('audited'), load, execArgv: profiling(order) });
  await warmUp(load, audited);
  for (let round = 0; round < times.besideRounds; round += 1) {
    const { alone, beside } = await measureBeside(load, audited, { checkout, seconds: times.beside });
    note({ 'growth-beside': beside.cancelP99Ms / alone.cancelP99Ms, 'growth-cancel-alone': alone.cancelP99Ms });
    note({ 'growth-cancel-beside': beside.cancelP99Ms, 'growth-verify': beside.verifySeconds });
    say(
      `growth, beside queries and audit verify: cancel p99 ${beside.cancelP99Ms.toFixed(0)} ms, ` +
        `alone ${alone.cancelP99Ms.toFixed(0)} ms; verified in ${beside.verifySeconds.toFixed(1)} s`,
    );
  }
  await audited.close();
  await load.kill();
  return { values, curves: { history: names.map((name) => pointOf(name, seen.get(name) ?? [])) } };
}

async function warmUp(load: Part, { name, desks, rooms, madeAt }: OpenHistory): Promise<void> {
  const work = async (server: string, callers: number) => {
    await load.ask('begin', { server, callers });
    await load.ask('measure', { server, seconds: WARM_SECONDS });
    await load.ask('leave', { server });
  };
  await work(name, desks.length);
  if (rooms !== null) for (const server of [rooms.busy, rooms.fresh]) await work(server, 1);
  await load.ask('query', { server: name, seconds: 0.5, days: QUERY_DAYS, until: madeAt });
}

/**
 * Looks at all databases in short turns, one after the other and again: what else the machine does comes to each of them
 * alike.
 */
async function look(
  load: Part,
  histories: ReadonlyMap<PlanName, OpenHistory>,
  times: { readonly work: number; readonly query: number },
): Promise<Map<PlanName, Seen>> {
  const done = new Map<PlanName, Done[]>();
  const queries = new Map<PlanName, number[]>();
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [name, history] of histories) {
      const seconds = times.query / TURNS;
      const asked = { server: history.name, seconds, days: QUERY_DAYS, until: history.madeAt };
      done.set(name, [...(done.get(name) ?? []), ...(await lone(load, history.name, times.work / TURNS))]);
      queries.set(name, [...(queries.get(name) ?? []), ...(await load.ask<number[]>('query', asked))]);
    }
  }
  return new Map(
    Array.from(histories.keys(), (name) => {
      const of = done.get(name) ?? [];
      return [
        name,
        { issue: p50Of(of, 'issue'), cancel: p50Of(of, 'cancel'), query: quantile(queries.get(name) ?? [], 0.5) },
      ];
    }),
  );
}

/** p50 of an issue and its cancel, in a room with a long past and in rooms of the same property with next to none. */
async function lookAtRooms(load: Part, { rooms }: OpenHistory, seconds: number) {
  if (rooms === null) throw new Error('this database has no busy room');
  const done: Record<'busy' | 'fresh', Done[]> = { busy: [], fresh: [] };
  for (let turn = 0; turn < TURNS; turn += 1)
    for (const name of ['busy', 'fresh'] as const) done[name].push(...(await lone(load, rooms[name], seconds / TURNS)));
  const both = (of: readonly Done[]) => p50Of(of, 'issue') + p50Of(of, 'cancel');
  return { busy: both(done.busy), fresh: both(done.fresh) };
}

async function lone(load: Part, server: string, seconds: number): Promise<readonly Done[]> {
  await load.ask('begin', { server, callers: 1 });
  const { done } = await load.ask<Measured>('measure', { server, seconds });
  await load.ask('leave', { server });
  return done;
}

function p50Of(done: readonly Done[], wanted: Done['kind']): number {
  return quantile(
    done.filter(({ kind }) => kind === wanted).map(({ ms }) => ms),
    0.5,
  );
}

function pointOf(name: PlanName, seen: readonly Seen[]): HistoryPoint {
  const middle = (of: keyof Seen) => median(seen.map((each) => each[of]));
  return {
    cards: PLANS[name].cards,
    issueMs: middle('issue'),
    cancelMs: middle('cancel'),
    queryMs: middle('query'),
  };
}
