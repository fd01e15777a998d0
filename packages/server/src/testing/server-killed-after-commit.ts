import { readConfig } from '../config.ts';
import { startServer } from '../main.ts';
import { recordingLog } from './recording-log.ts';

/** A server on this data folder that is killed when a change over /v1 is on disk, and not answered yet. */
const [, , folder = ''] = process.argv;
const server = await startServer(readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, folder), recordingLog().log, {
  wrapStore: (store) => ({
    ...store,
    run: async (name, input) => {
      const result = await store.run(name, input);
      if (name === 'runForCaller') process.kill(process.pid, 'SIGKILL');
      return result;
    },
  }),
});
process.stdout.write(`${server.url}\n`);
