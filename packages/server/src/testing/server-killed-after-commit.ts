import { readConfig } from '../config.ts';
import { startServer } from '../main.ts';
import { recordingLog } from './recording-log.ts';
import { EXAMPLE_SETTINGS } from './rest-examples.ts';

/**
 * A server on this data folder that answers no request with an `Idempotency-Key`, and is killed when what so many of them change
 * is on disk.
 */
const [, , folder = '', count = '1'] = process.argv;
const settings = { PORT: '0', KEYRACK_METRICS: 'none', ...EXAMPLE_SETTINGS };
let committed = 0;
const server = await startServer(readConfig(settings, folder), recordingLog().log, {
  wrapStore: (store) => ({
    ...store,
    run: async (name, input) => {
      const result = await store.run(name, input);
      if (name !== 'runForCaller' || (input as { readonly once: unknown }).once === null) return result;
      committed += 1;
      if (committed === Number(count)) process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    },
  }),
});
process.stdout.write(`${server.url}\n`);
