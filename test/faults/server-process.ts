import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { answerParent } from './answer-parent.ts';
import { jsonLog } from './json-log.ts';

// The real server as a process of its own, told what to do by its environment as always. Its log goes to stdout.

const server = await startServer(readConfig(process.env, '.'), jsonLog());
answerParent(() => server.stop());
