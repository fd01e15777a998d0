import { join } from 'node:path';
import { readConfig, type ServerConfig } from '@keyrack/server/config.ts';
import { BUILD_COMMAND } from '@keyrack/server/console/not-built-page.ts';
import { demoWorld } from '@keyrack/server/demo/demo-world.ts';
import { offerNewcomerLink } from '@keyrack/server/demo/newcomer.ts';
import { type Preparation, startServer } from '@keyrack/server/main.ts';
import { onThisComputer, publicAddress } from '@keyrack/server/runtime/public-address.ts';
import { Command } from 'commander';
import { noPageText } from './agent-page.ts';
import { createConsoleBuild } from './console-build.ts';
import { hasAgentFolder, makeAgentFolder } from './demo/agent-folder.ts';
import { startAgentProcess } from './demo/agent-process.ts';
import { openChildLog } from './demo/child-log.ts';
import { agentFolder, DEMO_FOLDER } from './demo/demo-folder.ts';
import { demoPagePort } from './demo/page-port.ts';
import { welcomeText } from './demo/welcome-text.ts';
import { DOWNLOADS_FOLDER } from './downloads-folder.ts';
import { CommandFailure } from './exit.ts';
import { INSTALLATION } from './installation.ts';
import { rotatedFile } from './log/log-file.ts';
import { programLog, standardErrorLog } from './log/program-log.ts';
import type { Terminal } from './terminal.ts';
import { unknownSettings } from './unknown-settings.ts';
import { unlessStopped, untilStopped } from './until-stopped.ts';

/** How long the agent may take to be ready. Milliseconds. */
const READY_MS = 20_000;

/** `keyrack demo`: a server with a property in it, and an agent with simulated encoders. */
export function demoCommand(terminal: Terminal): Command {
  return new Command('demo')
    .description('Run a demonstration: a server, a front desk with simulated encoders, rooms and cards.')
    .option('--verbose', 'write the logs to standard error instead of logs/ in the data folder')
    .addHelpText(
      'after',
      `
Environment:
  HOST, PORT     where it listens (127.0.0.1, 8080)
  PAGE_PORT      where the desk's page is, on 127.0.0.1 (8081, or any where that is taken); or off
  KEYRACK_DATA   its data folder (./data/demo); delete it to start afresh`,
    )
    .action(({ verbose = false }: { verbose?: boolean }) => demo(verbose, terminal));
}

async function demo(verbose: boolean, terminal: Terminal): Promise<void> {
  const { env, say, err } = terminal;
  for (const sentence of unknownSettings(env)) err(sentence);
  // Metrics take any free port: a demonstration runs beside a server, and beside another one.
  const config = readConfig({ ...env, KEYRACK_METRICS: env.KEYRACK_METRICS || '127.0.0.1:0' }, DEMO_FOLDER);
  const folder = agentFolder(config.dataFolder);
  const logFile = (name: string) => join(config.dataFolder, 'logs', name);
  const noLog = (name: string) => (error: Error) => err(`The log ${logFile(name)} can't be written: ${error.message}.`);
  const level = config.logLevel;
  const { log } = verbose
    ? standardErrorLog(level)
    : programLog(rotatedFile(logFile('server.log')), { level, gathers: true, onFailure: noLog('server.log') });
  const pagePort = await demoPagePort(env);
  const stopped = untilStopped();
  let link: string | null = null;
  const consoleBuild = createConsoleBuild();
  const starting = startServer(config, log, {
    onLocalhost: true,
    console: consoleBuild.files,
    program: INSTALLATION.elsewhere,
    downloads: DOWNLOADS_FOLDER,
    async prepare(preparation) {
      await seed(preparation, config, folder);
      link = await offerNewcomerLink(preparation);
    },
  });
  const server = await unlessStopped(starting, stopped);
  if (server === null) return;
  consoleBuild.begin((why) =>
    err(
      `The console could not be built, and the rest goes on without it. Mend this, then run \`${BUILD_COMMAND}\`:\n${why}`,
    ),
  );

  const ready = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<never>();
  // Nobody waits for it before the agent is ready, and it must not count as unhandled until then.
  gone.promise.catch(() => {});
  let page: string | null = null;
  const agent = startAgentProcess({
    folder,
    pagePort,
    // It runs on this very computer, whatever proxy stands before it.
    server: publicAddress(null, server.url).agents,
    env,
    log: verbose ? 2 : openChildLog(logFile('agent.log'), noLog('agent.log')),
    onPage(news) {
      if (news.shown) page = news.url;
      else gone.reject(new CommandFailure(noPageText(news, 'PAGE_PORT=…')));
    },
    onStatus(status) {
      if (status === 'ready') ready.resolve();
    },
    onRestart: (how, seconds) => err(`The agent ended ${how}. It is started again in ${seconds} s.`),
    onGivenUp: (how) =>
      gone.reject(new CommandFailure(`The agent ended ${how}, again and again. ${whereLogs(verbose)}`)),
  });
  const late = setTimeout(
    () => gone.reject(new CommandFailure(`The agent isn't ready after ${READY_MS / 1000} s. ${whereLogs(verbose)}`)),
    READY_MS,
  );
  try {
    const first = await Promise.race([ready.promise.then(() => 'ready'), stopped.then(() => 'stopped'), gone.promise]);
    clearTimeout(late);
    if (first === 'ready') {
      const console = config.publicUrl ?? onThisComputer(server.url);
      say(welcomeText(server, { program: INSTALLATION.command, page, console, link, dataFolder: config.dataFolder }));
      await Promise.race([stopped, gone.promise]);
    }
  } finally {
    clearTimeout(late);
    consoleBuild.stop();
    await agent.stop();
    await server.stop();
  }
}

/** Fills an empty database, cards first: a start that dies in between leaves a database that is still empty. */
async function seed(preparation: Preparation, { dataFolder }: ServerConfig, folder: string): Promise<void> {
  const { run, read, clock, sealer, passwords, newId } = preparation;
  switch (await read('databaseUse', {})) {
    case 'in-use':
      throw new CommandFailure(
        `${dataFolder} holds a real property, and the demonstration keeps away from it. Name another folder in KEYRACK_DATA.`,
      );
    case 'demo':
      if (hasAgentFolder(folder)) return;
      throw new CommandFailure(`${folder} is gone, and its keys with it. Delete ${dataFolder} to start afresh.`);
    case 'empty': {
      const { rows, desk } = await demoWorld({ sealer, passwords, now: clock.now(), newId });
      makeAgentFolder(folder, desk);
      await run('putRows', { rows, onlyIfEmpty: true });
    }
  }
}

function whereLogs(verbose: boolean): string {
  return verbose ? 'Its log is above.' : 'Its log is in logs/agent.log of the data folder.';
}
