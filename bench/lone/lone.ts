import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Measured } from '../load/load-main.ts';
import { createNotes, type Found, type Order, profiling, type RoundFound } from '../measure.ts';
import type { Part } from '../parts/part.ts';
import { makeRunFolder } from '../parts/run-folder.ts';
import { type OpenProperties, openProperties, startLoad } from '../properties/open-properties.ts';
import { quantile } from '../report/statistics.ts';
import { addedBeyondOwnWork } from './added-time.ts';

/** Each caller of the evenly spread operations has a desk of its own; the lone one goes round among all of them. */
const PLAN = { desks: 64, desksPerProperty: 8, encodersPerDesk: 1, cardsPerEncoder: 8, roomsPerDesk: 40 };
const PER_SECOND = 50;
const SETTLE_MS = 300;

/** Seconds, but for the rounds. */
const USUAL = { rounds: 5, warm: 4, lone: 4, paced: 10 };
const QUICK = { rounds: 3, warm: 3, lone: 2, paced: 6 };

/**
 * How fast an operation is where nothing else is to be done: one caller, and 50 operations a second, begun evenly. Of
 * those, what the agent takes itself is subtracted.
 */
export async function measureLone(order: Order): Promise<Found[]> {
  const times = order.quick ? QUICK : USUAL;
  const load = startLoad();
  const folder = makeRunFolder(order.folder);
  const sites: OpenProperties[] = [];
  for (const [place, checkout] of order.checkouts.entries()) {
    const dataFolder = join(folder, String(place));
    sites.push(
      await openProperties({ checkout, dataFolder, plan: PLAN, load, timed: true, execArgv: profiling(order) }),
    );
  }
  for (const opened of sites) await atWork(load, opened, { callers: PLAN.desks, seconds: times.warm });

  const notes = order.checkouts.map(createNotes);
  for (let round = 0; round < times.rounds; round += 1) {
    for (const [place, opened] of sites.entries()) {
      const found = await measureRound(load, opened, times);
      notes[place]?.note(found);
      order.say(
        `lone, round ${round + 1} of ${times.rounds}${sites.length > 1 ? `, ${order.checkouts[place]}` : ''}: ` +
          `p50 ${found['lone-p50'].toFixed(2)} ms; at ${PER_SECOND}/s the server adds ` +
          `${found['lone-added-p50'].toFixed(2)} ms, p99 ${found['lone-added-p99'].toFixed(2)} ms`,
      );
    }
  }
  for (const opened of sites) await opened.close();
  await load.kill();
  return notes.map(({ values }) => ({ values }));
}

async function measureRound(
  load: Part,
  opened: OpenProperties,
  times: { readonly lone: number; readonly paced: number },
) {
  const lone = await atWork(load, opened, { callers: 1, seconds: times.lone });
  await opened.agents.ask('own-work');
  const pace = { server: opened.name, perSecond: PER_SECOND, seconds: times.paced };
  const paced = await load.ask<Measured>('pace', pace);
  const ownWork = new Map(await opened.agents.ask<[string, number][]>('own-work'));
  const { added, own } = addedBeyondOwnWork(paced.done, ownWork);
  return {
    'lone-p50': quantile(lone, 0.5),
    'lone-added-p50': quantile(added, 0.5),
    'lone-added-p99': quantile(added, 0.99),
    'lone-agent-own-p50': quantile(own, 0.5),
  } satisfies RoundFound;
}

/** So many callers at work for so long: how long each operation took. */
async function atWork(
  load: Part,
  { name }: OpenProperties,
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
): Promise<number[]> {
  await load.ask('begin', { server: name, callers });
  await wait(SETTLE_MS);
  const { done } = await load.ask<Measured>('measure', { server: name, seconds });
  await load.ask('leave', { server: name });
  return done.map(({ ms }) => ms);
}
