import { readConfig } from '@keyrack/server/config.ts';
import { BUILD_COMMAND } from '@keyrack/server/console/not-built-page.ts';
import { startServer } from '@keyrack/server/main.ts';
import { offerSetUp, SET_UP_PATH } from '@keyrack/server/runtime/offer-set-up.ts';
import { isLoopback, reachable } from '@keyrack/server/runtime/public-address.ts';
import { Command } from 'commander';
import { builtConsole, isConsoleStale } from './console-build.ts';
import { DOWNLOADS_FOLDER } from './downloads-folder.ts';
import { CommandFailure } from './exit.ts';
import { INSTALLATION } from './installation.ts';
import { standardErrorLog } from './log/program-log.ts';
import { openFolderWarning } from './open-folder.ts';
import type { Terminal } from './terminal.ts';
import { unknownSettings } from './unknown-settings.ts';
import { unlessStopped, untilStopped } from './until-stopped.ts';

/** `keyrack serve`: the server, in the foreground, told by its environment alone. */
export function serveCommand(terminal: Terminal): Command {
  return new Command('serve')
    .description('Run the server. Logs go to standard error, a line of JSON each.')
    .addHelpText(
      'after',
      `
Environment:
  HOST, PORT                    where it listens (127.0.0.1, 8080)
  KEYRACK_DATA                  its data folder (./data/server)
  DATABASE_URL                  a PostgreSQL database that keeps everything (the embedded one in the data folder)
  KEYRACK_DOWNLOADS             folder of the packages that front desks get from it (those that came with it)
  KEYRACK_MASTER_KEY            32 bytes in base64 that seal secrets at rest (else master.key in the data folder)
  KEYRACK_METRICS               where metrics for Prometheus are, as HOST:PORT, or none (127.0.0.1:9464)
  KEYRACK_LOG_LEVEL             trace, debug, info, warn, error or silent (info)
  KEYRACK_PUBLIC_URL            its address for people, programs and agents, e.g. https://keys.example.com (where it listens)
  KEYRACK_TRUSTED_PROXIES       reverse proxies whose X-Forwarded-For is believed: addresses or ranges, with commas (none)
  KEYRACK_WEBHOOK_NETWORKS      what webhooks may lead to besides the public internet: addresses or ranges, with commas (nothing)
  UV_THREADPOOL_SIZE            threads of Node for files and passwords (4)
  KEYRACK_CARD_WAIT_SECONDS     how long an operation waits for its card (20)
  KEYRACK_ANSWER_WAIT_SECONDS   how long a caller waits for an answer (30)
  KEYRACK_SIGN_IN_IDLE_MINUTES  how long a sign-in lasts without activity (720)
  KEYRACK_AGENT_OFFLINE_MINUTES how long a desk may be offline before that is an event (30)
  KEYRACK_DISK_FREE_MIB         how much must be free on the disk, or that is an event (a tenth, 5120 at most)`,
    )
    .action(() => serve(terminal));
}

async function serve({ env, say, err }: Terminal): Promise<void> {
  for (const sentence of unknownSettings(env)) err(sentence);
  const config = readConfig(env, './data/server');
  const warning = openFolderWarning(config.dataFolder);
  if (warning !== null) err(warning);
  const { log } = standardErrorLog(config.logLevel, true);
  let setUpToken: string | null = null;
  const stopped = untilStopped();
  const starting = startServer(config, log, {
    console: builtConsole,
    program: INSTALLATION.elsewhere,
    downloads: DOWNLOADS_FOLDER,
    async prepare({ run, read }) {
      if ((await read('databaseUse', {})) === 'demo') {
        throw new CommandFailure(
          `${config.dataFolder} holds the demonstration, whose credentials everybody knows. Name another folder in KEYRACK_DATA.`,
        );
      }
      setUpToken = await offerSetUp(run);
    },
  });
  const server = await unlessStopped(starting, stopped);
  if (server === null) return;
  const { url } = server.address;
  say(`Keyrack listens on ${reachable(server.url)}; its data is in ${config.dataFolder}.`);
  if (config.publicUrl !== null) say(`Its address for people, programs and agents is ${url}.`);
  say(`The API for programs is ${url}/v1, its reference ${url}/v1/reference.`);
  if (isConsoleStale())
    say(`The console for browsers isn't built, or is older than its sources. \`${BUILD_COMMAND}\` builds it.`);
  else say(`The console for browsers is ${url}/.`);
  const address = config.publicUrl ?? server.url;
  if (address.startsWith('http:') && !isLoopback(address)) {
    err(`Agents on other computers need TLS, and ${address} is plain text. See docs/reverse-proxy.md.`);
  }
  if (setUpToken !== null) {
    say(`It is empty. Set it up in a browser; this link is good for one use, and until the next start:`);
    say(`  ${url}${SET_UP_PATH}#${setUpToken}`);
  }
  await stopped;
  await server.stop();
}
