import { readConfig } from '../config.ts';
import { startServer } from '../main.ts';
import { recordingLog } from './recording-log.ts';

/**
 * A server on this data folder that is killed at a transaction: `changeProperty` when that is on disk and nobody was told of it,
 * or `noteDeliveries` before what was sent is written down.
 */
const [, , folder = '', at = ''] = process.argv;
const settings = { PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1' };
const server = await startServer(readConfig(settings, folder), recordingLog().log, {
  wrapStore: (store) => ({
    ...store,
    run: async (name, input) => {
      if (name === 'noteDeliveries' && at === name) process.kill(process.pid, 'SIGKILL');
      const result = await store.run(name, input);
      const carriedOut = name === 'runForCaller' ? (input as { readonly name: string }).name : name;
      if (carriedOut === 'changeProperty' && at === carriedOut) process.kill(process.pid, 'SIGKILL');
      return result;
    },
  }),
});
process.stdout.write(`${server.url}\n`);
