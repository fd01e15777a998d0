import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createNotes, type Found, type Order, profiling, type RoundFound } from '../measure.ts';
import { COLLECTED_USE, type Use } from '../parts/answer.ts';
import { startServer } from '../parts/keyrack-server.ts';
import { makeRunFolder } from '../parts/run-folder.ts';
import { within } from '../parts/within.ts';
import { connectAgents, makeDatabase } from '../properties/open-properties.ts';
import { planProperties } from '../properties/plan-properties.ts';
import { putProperties } from '../properties/put-properties.ts';
import { checkDescriptors } from './descriptors.ts';

const PLAN = { desksPerProperty: 5, encodersPerDesk: 1, cardsPerEncoder: 0, roomsPerDesk: 1 };
/** Where the connections begin: as many networks with a hotel's desks behind each. Linux has all of 127.0.0.0/8. */
const ADDRESSES = Array.from({ length: 50 }, (_, place) => `127.0.1.${place + 1}`);
/** After the start, for what it leads to. Milliseconds. */
const SETTLE_MS = 3_000;
/** After the last welcome, for what it leads to: the server gives back what the rush took (`give-back-memory.ts`). */
const REST_MS = 20_000;
/** How often the agents are asked whether they have noticed that the server is gone. Milliseconds. */
const LOOK_MS = 50;
/** One that isn't back by then never will be, as far as the bench goes. Milliseconds. */
const PATIENCE_MS = 120_000;
const KIBIBYTE = 1024;

const USUAL = { agents: 10_000, rounds: 3, idleMs: 10_000 };
const QUICK = { agents: 2_000, rounds: 1, idleMs: 3_000 };

/** Agents by the thousand: what each costs the server while nothing happens, and how soon all are back after a restart. */
export async function measureAgents(order: Order): Promise<Found[]> {
  const sizes = order.quick ? QUICK : USUAL;
  checkDescriptors(sizes.agents);
  const folder = makeRunFolder(order.folder);
  const notes = order.checkouts.map(createNotes);
  for (let round = 0; round < sizes.rounds; round += 1) {
    for (const [place, checkout] of order.checkouts.entries()) {
      const dataFolder = join(folder, `${place}-${round}`);
      const found = await measureRound({ ...sizes, checkout, dataFolder, execArgv: profiling(order) });
      notes[place]?.note(order.quick ? asGlance(found) : found);
      order.say(
        `agents, round ${round + 1} of ${sizes.rounds}${order.checkouts.length > 1 ? `, ${checkout}` : ''}: ` +
          `${sizes.agents} agents, ${found['agents-memory'].toFixed(1)} KiB each, ` +
          `all back after ${found['agents-return'].toFixed(1)} s, idle ${found['agents-idle-cpu'].toFixed(1)} % of a core`,
      );
    }
  }
  return notes.map(({ values }) => ({ values }));
}

async function measureRound(of: {
  readonly agents: number;
  readonly idleMs: number;
  readonly checkout: string;
  readonly dataFolder: string;
  readonly execArgv: readonly string[];
}) {
  const { agents: count, idleMs, checkout, dataFolder } = of;
  const execArgv = ['--expose-gc', ...of.execArgv];
  mkdirSync(dataFolder, { recursive: true });
  await makeDatabase({ checkout, dataFolder });
  const { desks } = planProperties({ ...PLAN, desks: count });
  const { agents, keys } = await connectAgents.prepare(count);
  await putProperties(join(dataFolder, 'keyrack.db'), { desks }, keys);

  const first = await startServer({ checkout, dataFolder, execArgv });
  await wait(SETTLE_MS);
  const empty = await first.ask<Use>(COLLECTED_USE);
  const began = performance.now();
  await connectAgents.connect(agents, { desks, url: first.url, from: ADDRESSES });
  const connectSeconds = (performance.now() - began) / 1_000;
  await wait(REST_MS);
  const idle = await first.use();
  await wait(idleMs);
  const later = await first.use();
  const full = await first.ask<Use>(COLLECTED_USE);

  const port = Number(new URL(first.url).port);
  await first.stop();
  const gone = performance.now();
  while ((await agents.ask<number>('connected')) > 0) await wait(LOOK_MS);
  const back = agents.ask<number[]>('online', count);
  const second = await startServer({ checkout, dataFolder, execArgv, port });
  await within(PATIENCE_MS, back, 'not all agents were welcome again');
  const returnSeconds = (performance.now() - gone) / 1_000;
  const { cpuMs } = await second.use();
  await agents.kill();
  await second.stop();

  const each = (bytes: (use: Use) => number) => (bytes(full) - bytes(empty)) / count / KIBIBYTE;
  return {
    'agents-memory': each(({ rssBytes }) => rssBytes),
    'agents-heap': each(({ heapBytes }) => heapBytes),
    'agents-return': returnSeconds,
    'agents-return-cpu': cpuMs / count,
    'agents-connect': connectSeconds,
    'agents-idle-cpu': ((later.cpuMs - idle.cpuMs) / idleMs) * 100,
  } satisfies RoundFound;
}

/** Fewer agents come back sooner: what depends on their number isn't told, or judged, as that of 10,000. */
function asGlance({
  'agents-return': returned,
  'agents-connect': _connected,
  'agents-idle-cpu': _idle,
  ...ofEach
}: Awaited<ReturnType<typeof measureRound>>): RoundFound {
  return { ...ofEach, 'agents-glance-return': returned };
}
