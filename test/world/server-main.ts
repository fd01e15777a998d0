import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import type { Transactions } from '@keyrack/server/operations/transactions.ts';
import type { Store } from '@keyrack/server/store/index.ts';
import { dieAt } from './death.ts';
import { lineLog } from './lines.ts';

/**
 * A server in a process of its own, which dies by SIGKILL at the point that DIE_AT names, when it comes by there for
 * the first time:
 *
 * - `before NAME`: the transaction of that name is about to be handed to the store.
 * - `after NAME`: it is on the disk, and nobody has heard of it yet.
 * - `sent NAME`: what its result led to has just been sent.
 * - `logging MESSAGE`: that line is about to be written, which for a request comes before its answer.
 *
 * A `nextPrompt` counts only when there is something to prompt for.
 */
const die = dieAt(process.env.DIE_AT);

const log = lineLog((line) => {
  die(`logging ${JSON.parse(line).msg}`);
  process.stderr.write(`server ${line}\n`);
});

function mortal(store: Store<Transactions>): Store<Transactions> {
  return {
    ...store,
    run: async (name, input) => {
      die(`before ${name}`);
      const result = await store.run(name, input);
      const idle = name === 'nextPrompt' && (result as { operation?: unknown }).operation === null;
      if (!idle) {
        die(`after ${name}`);
        setImmediate(() => die(`sent ${name}`));
      }
      return result;
    },
  };
}

const config = readConfig(process.env, process.env.KEYRACK_DATA ?? '');
const server = await startServer(config, log, { wrapStore: mortal });
process.on('disconnect', () => process.exit(0));
process.send?.({ url: server.url });
