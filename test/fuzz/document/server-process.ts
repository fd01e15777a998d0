import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { OWNER_KEY_FILE } from '@keyrack/server/main-owner-key.ts';
import { answerParent } from '../../faults/answer-parent.ts';
import { jsonLog } from '../../faults/json-log.ts';
import { fillPageCache } from '../under-fuzz/fill-page-cache.ts';

// The real server as a process of its own, which counts no credential's requests: one has all of them here.

/** What who feeds it must know. */
export interface DocumentServerFacts {
  readonly url: string;
  readonly ownerKey: string;
}

const config = readConfig(process.env, '.');
const server = await startServer(config, jsonLog(), { requestLimits: { burst: 1e9, perSecond: 1e9 } });
await fillPageCache(server);
const ownerKey = readFileSync(join(config.dataFolder, OWNER_KEY_FILE), 'utf8').trim();
const facts: DocumentServerFacts = { url: server.url, ownerKey };
answerParent(() => server.stop(), facts);
