import { join } from 'node:path';
import { readConfig } from '@keyrack/server/config.ts';
import { offerSetupPage } from '@keyrack/server/console/setup.ts';
import { startServer } from '@keyrack/server/main.ts';
import { readOperatorFile } from '@keyrack/server/operator/operator-file.ts';
import { answerParent } from '../../faults/answer-parent.ts';
import { jsonLog } from '../../faults/json-log.ts';
import { fillPageCache } from './fill-page-cache.ts';

// The real server as a process of its own, told what to do by its environment as always. An empty one offers its set-up
// page. Its log goes to stdout.

/** What who feeds it must know. */
export interface ServerFacts {
  /** Where the operator's commands are taken, and their token. */
  readonly operator: { readonly port: number; readonly token: string };
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
const operator = await readOperatorFile(config.dataFolder);
if (operator === null) throw new Error(`${join(config.dataFolder, 'operator.json')} is not there`);
const facts: ServerFacts = { operator, setupToken };
answerParent(() => server.stop(), facts);
