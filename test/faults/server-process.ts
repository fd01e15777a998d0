import { standardErrorLog } from '@keyrack/cli/log/program-log.ts';
import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { answerParent } from './answer-parent.ts';

// The real server as a process of its own, told what to do by its environment as always. Its log goes to standard error,
// as that of `keyrack serve` does.

const config = readConfig(process.env, '.');
const server = await startServer(config, standardErrorLog(config.logLevel).log);
answerParent(() => server.stop());
