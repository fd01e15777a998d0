import { flushCompileCache } from 'node:module';
import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { dieAt } from './death.ts';
import { lineLog } from './lines.ts';
import { storePoints } from './named-points.ts';

/**
 * A server in a process of its own, which dies by SIGKILL at the point that DIE_AT names, when it comes by there for
 * the first time. Besides the points of `storePoints` there is `logging MESSAGE`: that line is about to be written,
 * which for a request comes before its answer. It hands out the console that lies in the folder CONSOLE, if that is named.
 */
const die = dieAt(process.env.DIE_AT);

const log = lineLog((line) => {
  die(`logging ${JSON.parse(line).msg}`);
  process.stderr.write(`server ${line}\n`);
});

const config = readConfig(process.env, process.env.KEYRACK_DATA ?? '');
const folder = process.env.CONSOLE;
const server = await startServer(config, log, {
  wrapStore: (store) => storePoints(store, die),
  ...(folder !== undefined && { console: { folder, state: () => 'failed' as const }, onLocalhost: true }),
});
process.on('disconnect', () => process.exit(0));
// It will be killed, and what it compiled is for the next all the same: Node keeps that at an orderly end alone.
flushCompileCache();
process.send?.({ url: server.url, metricsUrl: server.metricsUrl });
