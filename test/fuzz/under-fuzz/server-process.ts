import { readConfig } from '@keyrack/server/config.ts';
import { offerSetupPage } from '@keyrack/server/console/setup.ts';
import { startServer } from '@keyrack/server/main.ts';
import { answerParent } from '../../faults/answer-parent.ts';
import { jsonLog } from '../../faults/json-log.ts';
import { fillPageCache } from './fill-page-cache.ts';

// The real server as a process of its own, told what to do by its environment as always. An empty one offers its set-up
// page. Its log goes to stdout.

/** What who feeds it must know. */
export interface ServerFacts {
  /** Null where the database isn't empty. */
  readonly setupToken: string | null;
}

const config = readConfig(process.env, '.');
const log = jsonLog();
let setupToken: string | null = null;
const server = await startServer(config, log, {
  async prepare({ app, ...parts }) {
    setupToken = await offerSetupPage(app, { ...parts, log });
  },
});
// An empty one stays so, for its set-up page.
if (setupToken === null) await fillPageCache(server);
const facts: ServerFacts = { setupToken };
answerParent(() => server.stop(), facts);
