import { createNotes, type Found, type Order, profiling } from '../measure.ts';
import { startServer } from '../parts/keyrack-server.ts';
import { startLoad } from '../properties/open-properties.ts';
import { median } from '../report/statistics.ts';
import { measureBeside } from './beside.ts';
import { glance } from './glance.ts';
import { PLANS } from './history-plan.ts';
import { KINDS, look, lookAtRooms, pointOf, type Seen, warmUp } from './look.ts';
import { type OpenHistory, openHistory } from './open-history.ts';
import { isPrepared, namesOf, type Prepared, prepareHistories } from './prepare.ts';

/** Seconds for each database, but for numbers of times. */
const USUAL = { warm: 1.5, rounds: 5, starts: 3, work: 2.5, query: 2, besideRounds: 3, beside: 5 };
const QUICK = { warm: 0.7, rounds: 3, starts: 1, work: 1, query: 0.8, besideRounds: 1, beside: 3 };

/** The databases that are compared. */
type Compared = 'small' | 'large' | 'full';

/**
 * Whether work gets slower with history: the same properties after half a year and after five years, a busy room beside a
 * new one, and card work beside what reads whole histories.
 */
export async function measureGrowth(order: Order): Promise<Found[]> {
  const found: Found[] = [];
  // One checkout after the other: each has databases of its own, and memory is for two of them.
  for (const [nth, checkout] of order.checkouts.entries()) {
    const own = { ...order, full: order.full && nth === 0 };
    const isThere = namesOf(own).every((name) => isPrepared(name, { checkout, folder: order.folder }));
    found.push(await (order.quick && !isThere ? glance : measureCheckout)(checkout, own));
  }
  return found;
}

async function measureCheckout(checkout: string, order: Order): Promise<Found> {
  const times = order.quick ? QUICK : USUAL;
  const { say } = order;
  const names: Compared[] = order.full ? ['small', 'large', 'full'] : ['small', 'large'];
  const prepared = await prepareHistories(namesOf(order), { checkout, folder: order.folder, say });
  const preparedOf = (name: Compared | 'audited') => prepared.get(name) as Prepared;
  const { note, values } = createNotes();
  const load = startLoad();

  const histories = new Map<Compared, OpenHistory>();
  for (const name of names) {
    const starts: number[] = [];
    while (starts.length < times.starts - 1) {
      const server = await startServer({ checkout, dataFolder: preparedOf(name).dataFolder });
      starts.push(server.startMs);
      await server.stop();
    }
    const history = await openHistory({ checkout, prepared: preparedOf(name), load, execArgv: profiling(order) });
    histories.set(name, history);
    starts.push(history.server.startMs);
    for (const start of starts) note({ [`growth-start-${name}`]: start / 1_000 });
    const cards = PLANS[name].cards.toLocaleString('en');
    say(`growth, ${cards} cards: ready after ${(median(starts) / 1_000).toFixed(1)} s`);
  }
  for (const history of histories.values()) await warmUp(load, history, times.warm);

  const seen = new Map<Compared, Seen[]>(names.map((name) => [name, []]));
  for (let round = 0; round < times.rounds; round += 1) {
    for (const [name, one] of await look(load, histories, times)) seen.get(name)?.push(one);
    const lastOf = (name: Compared) => seen.get(name)?.at(-1);
    const [small, large, full] = [lastOf('small') as Seen, lastOf('large') as Seen, lastOf('full')];
    for (const kind of KINDS) {
      note({ [`growth-${kind}`]: large[kind] / small[kind] });
      if (full !== undefined) note({ [`growth-full-${kind}`]: full[kind] / small[kind] });
    }
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
  await warmUp(load, audited, times.warm);
  for (let round = 0; round < times.besideRounds; round += 1) {
    const { aloneP99Ms, besideP99Ms, verifySeconds } = await measureBeside(load, audited, {
      checkout,
      seconds: times.beside,
      toTheEnd: !order.quick,
    });
    note({ 'growth-beside': besideP99Ms / aloneP99Ms, 'growth-cancel-alone': aloneP99Ms });
    note({ 'growth-cancel-beside': besideP99Ms, ...(verifySeconds !== null && { 'growth-verify': verifySeconds }) });
    const verified = verifySeconds === null ? '' : `; verified in ${verifySeconds.toFixed(1)} s`;
    say(
      `growth, beside queries and audit verify: cancel p99 ${besideP99Ms.toFixed(0)} ms, ` +
        `alone ${aloneP99Ms.toFixed(0)} ms${verified}`,
    );
  }
  await audited.close();
  await load.kill();
  return { values, curves: { history: names.map((name) => pointOf(name, seen.get(name) ?? [])) } };
}
