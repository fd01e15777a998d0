import { createNotes, type Found, type Order, profiling } from '../measure.ts';
import { startLoad } from '../properties/open-properties.ts';
import { KINDS, look, type Seen, warmUp } from './look.ts';
import { type OpenHistory, openHistory } from './open-history.ts';
import { prepareHistories } from './prepare.ts';

const NAMES = ['glanceSmall', 'glanceLarge'] as const;
const ROUNDS = 3;
/** Seconds for each database. */
const TIMES = { warm: 1, work: 1.5, query: 0.5 };

/** A first look where the databases of `growth` aren't there: at smaller ones, which are made within seconds. */
export async function glance(checkout: string, order: Order): Promise<Found> {
  order.say(
    'growth: its databases are not there, so --quick looks at small ones, which have no targets. ' +
      'Make the real ones once with: npm run bench -- growth --prepare',
  );
  const prepared = await prepareHistories(NAMES, { checkout, folder: order.folder, say: order.say });
  const { note, values } = createNotes();
  const load = startLoad();
  const histories = new Map<(typeof NAMES)[number], OpenHistory>();
  for (const [name, each] of prepared)
    histories.set(name, await openHistory({ checkout, prepared: each, load, execArgv: profiling(order) }));
  for (const history of histories.values()) await warmUp(load, history, TIMES.warm);
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = await look(load, histories, TIMES);
    const [small, large] = NAMES.map((name) => seen.get(name)) as [Seen, Seen];
    for (const kind of KINDS) note({ [`growth-glance-${kind}`]: large[kind] / small[kind] });
  }
  for (const history of histories.values()) await history.close();
  await load.kill();
  return { values };
}
