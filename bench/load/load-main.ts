import { setTimeout as wait } from 'node:timers/promises';
import { answerBench } from '../parts/answer.ts';
import type { BenchDesk } from '../properties/plan-properties.ts';
import { type Caller, createCaller, type Done, type Spot } from './caller.ts';
import { inTurns } from './in-turns.ts';
import { createPoster } from './post.ts';
import { recordsRequest } from './requests.ts';

// The load generator: callers that issue and cancel cards over signed HTTP, in a process of their own.

export interface Aim {
  /** Names the server in later questions. */
  readonly server: string;
  readonly url: string;
  readonly desks: readonly BenchDesk[];
}

export interface Measured {
  readonly seconds: number;
  readonly done: readonly Done[];
}

interface Target {
  readonly poster: ReturnType<typeof createPoster>;
  readonly spots: readonly Spot[];
  callers: readonly Caller[];
  leaving: boolean;
  working: readonly Promise<void>[];
  /** Filled while it is measured. */
  noted: { readonly since: number; readonly done: Done[] } | null;
  failure: Error | null;
  /** Rooms whose records a lone caller has asked for. */
  asked: number;
}

/** From this many callers on, each has one encoder alone. A lone caller goes round: no desk is as busy as it is. */
const ONE_SPOT_EACH = 64;

const targets = new Map<string, Target>();
const targetOf = (server: string): Target => {
  const target = targets.get(server);
  if (target === undefined) throw new Error(`no server ${server} was aimed at`);
  return target;
};

answerBench({
  aim: ({ server, url, desks }: Aim) => {
    // Encoder by encoder, so that as many desks as possible are at work.
    const most = Math.max(...desks.map(({ encoders }) => encoders.length));
    const spots = Array.from({ length: most }, (_, e) =>
      desks.flatMap((desk) => (desk.encoders[e] === undefined ? [] : [{ desk, mac: desk.encoders[e].mac }])),
    ).flat();
    targets.get(server)?.poster.close();
    const poster = createPoster(url);
    targets.set(server, {
      poster,
      spots,
      callers: [],
      leaving: false,
      working: [],
      noted: null,
      failure: null,
      asked: 0,
    });
    return null;
  },
  /** So many callers begin, and go on until `leave`. */
  begin: ({ server, callers }: { readonly server: string; readonly callers: number }) => {
    const target = targetOf(server);
    target.callers = makeCallers(target, callers);
    target.leaving = false;
    target.working = target.callers.map((caller) => work(target, caller));
    return null;
  },
  /** What was answered from now on, for so long. */
  measure: async ({ server, seconds }: { readonly server: string; readonly seconds: number }): Promise<Measured> => {
    note(server);
    await wait(seconds * 1_000);
    return noted(server);
  },
  /** The same in two steps, where nobody knows how long: answers are noted from now on … */
  note: ({ server }: { readonly server: string }) => note(server),
  /** … until now. */
  noted: ({ server }: { readonly server: string }) => noted(server),
  /** The callers end, each behind a cancel: the next ones find no card that is still somebody's. */
  leave: async ({ server }: { readonly server: string }) => {
    const target = targetOf(server);
    target.leaving = true;
    await Promise.all(target.working);
    if (target.failure !== null) throw target.failure;
    return null;
  },
  /** Begins operations evenly, whether or not the earlier ones have ended, each at an encoder of its own. */
  pace: async ({ server, perSecond, seconds }: Pace): Promise<Measured> => {
    const target = targetOf(server);
    const callers = makeCallers(target, ONE_SPOT_EACH);
    const done: Done[] = [];
    // A machine that is slow comes round to an encoder whose last operation is still under way: the next one waits for it.
    const under: Promise<void>[] = callers.map(async () => {});
    const began = performance.now();
    for (let n = 0; n < perSecond * seconds; n += 1) {
      await wait(Math.max(0, began + (n * 1_000) / perSecond - performance.now()));
      const place = n % callers.length;
      const caller = callers[place] as Caller;
      under[place] = (under[place] as Promise<void>).then(async () => void done.push(await caller.next()));
      // Whoever waits for all of them hears of it.
      under[place].catch(() => {});
    }
    await Promise.all(under);
    const took = (performance.now() - began) / 1_000;
    // Each caller's last card is cancelled, unmeasured.
    await Promise.all(callers.filter((caller) => caller.hasCard()).map((caller) => caller.next()));
    return { seconds: took, done };
  },
  /**
   * A lone caller at each server: an issue at every one of them in turn, then a cancel at every one, for so long. What else
   * the machine does comes to all of them alike.
   */
  'work-in-turns': async ({ servers, seconds }: InTurns): Promise<Done[][]> => {
    const callers = servers.map((server) => makeCallers(targetOf(server), 1)[0] as Caller);
    return inTurns(callers, { seconds, until: () => !callers.some((caller) => caller.hasCard()) }, (caller) =>
      caller.next(),
    );
  },
  /** The same with the records of one room after the other. Milliseconds of each. */
  'query-in-turns': async ({ asked, seconds }: { readonly asked: readonly Query[]; readonly seconds: number }) =>
    inTurns(asked, { seconds }, ({ server, ...of }) => queryNext(targetOf(server), of)),
  /** One room of every property, so that its rows are at hand as those of a property at work are. */
  'query-all': async ({ server, ...of }: Query) => {
    const target = targetOf(server);
    for (const _spot of target.spots) await queryNext(target, of);
    return null;
  },
  /** Asks for the records of several rooms at once, and answers when all have come. */
  'query-at-once': async ({ server, count, ...of }: Query & { readonly count: number }) => {
    const target = targetOf(server);
    return Promise.all(Array.from({ length: count }, (_, nth) => query(target, nth, of)));
  },
  /** Each request to a server that does nothing with it. */
  'post-only': async ({ server, callers, seconds }: PostOnly): Promise<{ readonly perSecond: number }> => {
    const { poster, spots } = targetOf(server);
    const [spot] = spots;
    if (spot === undefined) throw new Error('there is no encoder');
    const request = recordsRequest(spot.desk.propertyNumber, spot.desk.rooms[0]?.no ?? '', Date.now(), 1);
    const end = performance.now() + seconds * 1_000;
    let count = 0;
    const one = async () => {
      for (; performance.now() < end; count += 1) await poster.post(request);
    };
    await Promise.all(Array.from({ length: callers }, one));
    return { perSecond: count / seconds };
  },
});

function note(server: string): null {
  targetOf(server).noted = { since: performance.now(), done: [] };
  return null;
}

function noted(server: string): Measured {
  const target = targetOf(server);
  const { since, done } = target.noted ?? { since: performance.now(), done: [] };
  target.noted = null;
  if (target.failure !== null) throw target.failure;
  return { seconds: (performance.now() - since) / 1_000, done };
}

interface InTurns {
  readonly servers: readonly string[];
  readonly seconds: number;
}

interface Query {
  readonly server: string;
  readonly days: number;
  /** Unix milliseconds. */
  readonly until: number;
}

interface Pace {
  readonly server: string;
  readonly perSecond: number;
  readonly seconds: number;
}

interface PostOnly {
  readonly server: string;
  readonly callers: number;
  readonly seconds: number;
}

/** The records of a room: another property each time, and another room when all properties had their turn. */
async function query(
  { poster, spots }: Target,
  nth: number,
  { days, until }: { readonly days: number; readonly until: number },
): Promise<number> {
  const { desk } = spots[nth % spots.length] as Spot;
  const room = desk.rooms[Math.floor(nth / spots.length) % desk.rooms.length];
  const { status, body, ms } = await poster.post(recordsRequest(desk.propertyNumber, room?.no ?? '', until, days));
  const answer = JSON.parse(body) as { readonly status: number; readonly message?: string };
  if (status !== 200 || answer.status !== 200)
    throw new Error(`a room's records were answered ${status}, ${answer.status} "${answer.message ?? ''}"`);
  return ms;
}

function queryNext(target: Target, of: Omit<Query, 'server'>): Promise<number> {
  target.asked += 1;
  return query(target, target.asked - 1, of);
}

function makeCallers({ poster, spots }: Target, count: number): Caller[] {
  if (count > spots.length) throw new Error(`${count} callers need as many encoders, and there are ${spots.length}`);
  return Array.from({ length: count }, (_, c) => {
    const own = count >= ONE_SPOT_EACH ? spots.slice(c, c + 1) : spots.filter((_spot, s) => s % count === c);
    return createCaller(poster, own);
  });
}

async function work(target: Target, caller: Caller): Promise<void> {
  try {
    while (caller.hasCard() || !target.leaving) {
      const done = await caller.next();
      target.noted?.done.push(done);
    }
  } catch (error) {
    target.failure ??= error as Error;
  }
}
