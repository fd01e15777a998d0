import type { Done } from '../load/caller.ts';
import type { HistoryPoint } from '../measure.ts';
import type { Part } from '../parts/part.ts';
import { median, quantile } from '../report/statistics.ts';
import { PLANS, type PlanName, QUERY_DAYS } from './history-plan.ts';
import type { OpenHistory } from './open-history.ts';

/** What a lone caller does. */
export const KINDS = ['issue', 'cancel', 'query'] as const;
/** What a lone caller saw of one database in one round. p50, milliseconds. */
export type Seen = { readonly [Kind in (typeof KINDS)[number]]: number };

/** Lets code be compiled, and passwords and a month of each property be known. */
export async function warmUp(load: Part, history: OpenHistory, seconds: number): Promise<void> {
  const work = async (server: string, callers: number) => {
    await load.ask('begin', { server, callers });
    await load.ask('measure', { server, seconds });
    await load.ask('leave', { server });
  };
  const { name, desks, rooms } = history;
  await work(name, desks.length);
  if (rooms !== null) for (const server of [rooms.busy, rooms.fresh]) await work(server, 1);
  await load.ask('query-all', monthsOf(history));
}

/** Looks at all databases at once: every request goes to each of them in turn. */
export async function look<Name extends PlanName>(
  load: Part,
  histories: ReadonlyMap<Name, OpenHistory>,
  times: { readonly work: number; readonly query: number },
): Promise<Map<Name, Seen>> {
  const all = [...histories];
  const servers = all.map(([, { name }]) => name);
  const done = await load.ask<Done[][]>('work-in-turns', { servers, seconds: times.work * all.length });
  const asked = all.map(([, history]) => monthsOf(history));
  const queries = await load.ask<number[][]>('query-in-turns', { asked, seconds: times.query * all.length });
  return new Map(
    all.map(([name], place) => {
      const of = done[place] ?? [];
      return [
        name,
        { issue: p50Of(of, 'issue'), cancel: p50Of(of, 'cancel'), query: quantile(queries[place] ?? [], 0.5) },
      ];
    }),
  );
}

/** What a lone caller asks for: the last month of one room after the other. */
function monthsOf({ name, madeAt }: OpenHistory) {
  return { server: name, days: QUERY_DAYS, until: madeAt };
}

/** p50 of an issue and its cancel, in a room with a long past and in rooms of the same property with next to none. */
export async function lookAtRooms(load: Part, { rooms }: OpenHistory, seconds: number) {
  if (rooms === null) throw new Error('this database has no busy room');
  const servers = [rooms.busy, rooms.fresh];
  const [busy = [], fresh = []] = await load.ask<Done[][]>('work-in-turns', { servers, seconds: 2 * seconds });
  const both = (of: readonly Done[]) => p50Of(of, 'issue') + p50Of(of, 'cancel');
  return { busy: both(busy), fresh: both(fresh) };
}

export function p50Of(done: readonly Done[], wanted: Done['kind']): number {
  return quantile(
    done.filter(({ kind }) => kind === wanted).map(({ ms }) => ms),
    0.5,
  );
}

export function pointOf(name: PlanName, seen: readonly Seen[]): HistoryPoint {
  const middle = (of: keyof Seen) => median(seen.map((each) => each[of]));
  return {
    cards: PLANS[name].cards,
    issueMs: middle('issue'),
    cancelMs: middle('cancel'),
    queryMs: middle('query'),
  };
}
