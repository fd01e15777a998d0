import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { offerSetUp } from '@keyrack/server/runtime/offer-set-up.ts';
import { answerParent } from '../../faults/answer-parent.ts';
import { jsonLog } from '../../faults/json-log.ts';
import { fillPageCache } from './fill-page-cache.ts';

// The real server as a process of its own, told what to do by its environment as always. An empty one offers its
// set-up. Its log goes to stdout.

/** What who feeds it must know. */
export interface ServerFacts {
  /** Null where the database isn't empty. */
  readonly setUpToken: string | null;
}

const config = readConfig(process.env, '.');
const log = jsonLog();
let setUpToken: string | null = null;
const server = await startServer(config, log, {
  async prepare({ run }) {
    setUpToken = await offerSetUp(run);
  },
});
// An empty one stays so, for its set-up.
if (setUpToken === null) await fillPageCache(server);
const facts: ServerFacts = { setUpToken };
answerParent(() => server.stop(), facts);
