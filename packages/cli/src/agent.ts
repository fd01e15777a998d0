import { join, resolve } from 'node:path';
import {
  type AgentOptions,
  checkServerAddress,
  DamagedIdentity,
  isOpenToOthers,
  obstacleText,
  openPcsc,
  type PairedAgentOptions,
  type RunningAgent,
  readIdentity,
  type StoredIdentity,
  startAgent,
  webSocketTransportBy,
} from '@keyrack/agent';
import { AGENT_LIMITS, agentId, mac } from '@keyrack/protocol';
import { quoted } from '@keyrack/server/runtime/desk-command.ts';
import { makeFolder } from '@keyrack/server/store/make-folder.ts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { actAsOwner } from './act-as-owner.ts';
import { doctorCommand } from './agent-doctor.ts';
import { addNetworkOptions, NETWORK_HELP, type NetworkFlags, routeTo } from './agent-network.ts';
import { noPageText, PAGE_PORT, type PageNews, type PagePort, pagePort } from './agent-page.ts';
import { pairCommand } from './agent-pair.ts';
import { pairFolder } from './agent-pairing.ts';
import { addEncoderOptions, type EncoderFlags, readersCommand, readersOf } from './agent-readers.ts';
import { type AgentSettings, readAgentSettings } from './agent-settings.ts';
import { superviseAgent } from './agent-supervisor.ts';
import { SUPERVISED_BY, tellSupervisor, updatesOf, whyNever } from './agent-updatable.ts';
import { updateCommand } from './agent-update.ts';
import { CommandFailure, explain, usageError } from './exit.ts';
import { INSTALLATION } from './installation.ts';
import { rotatedFile } from './log/log-file.ts';
import { type ProgramLog, programLog, standardErrorLog } from './log/program-log.ts';
import { openFolderWarning } from './open-folder.ts';
import { readText } from './read-text.ts';
import { untilStopRequested } from './stop-request.ts';
import type { Terminal } from './terminal.ts';
import { unknownSettings } from './unknown-settings.ts';
import { unlessStopped, untilStopped } from './until-stopped.ts';

interface AgentFlags extends NetworkFlags, EncoderFlags {
  readonly data: string;
  readonly id?: string;
  readonly tokenFile?: string;
  readonly pair?: string | undefined;
  readonly pagePort?: PagePort;
  readonly logFile?: string | true;
  readonly trialSeconds: number;
}

/** What an agent tells the process that runs it: its page once, before anything else, and every change of its state. */
export type AgentNews = { readonly page: PageNews } | { readonly status: string };

/** `keyrack agent`: the front-desk program, in the foreground. */
export function agentCommand(terminal: Terminal): Command {
  const command = new Command('agent')
    .description('Run the front-desk agent. Logs go to standard error unless told otherwise, a line of JSON each.')
    .option('--data <folder>', 'its data folder: journal, agent.json, simulated cards', INSTALLATION.folders.agent);
  return addEncoderOptions(addNetworkOptions(command))
    .option('--pair <code>', 'enrol first, with a one-time code from `keyrack agents pair`')
    .option('--log-file [file]', 'log to a file that is rotated (default: agent.log in the data folder)')
    .addOption(
      new Option('--trial-seconds <n>', 'how long a new version may take to connect before the old one runs again')
        .default(60)
        .argParser(parseTrial),
    )
    .option('--id <id>', 'the id that it was enrolled with')
    .option('--token-file <file>', 'a file that holds its enrolment token')
    .addOption(
      new Option(
        '--page-port <port>',
        `where its page for the desk is, on 127.0.0.1; or off (default: ${PAGE_PORT})`,
      ).argParser(parsePagePort),
    )
    .addHelpText('after', `\nWhat is left out comes from agent.json in the data folder.\n${NETWORK_HELP}`)
    .action((flags: AgentFlags) => runAgent(flags, terminal))
    .addCommand(updateCommand(terminal))
    .addCommand(pairCommand(terminal))
    .addCommand(readersCommand(terminal))
    .addCommand(doctorCommand(terminal));
}

async function runAgent(typed: AgentFlags, { out, say, err, env }: Terminal): Promise<void> {
  // A code pairs once, and the agent before this one in the same supervisor paired by it.
  const flags = env[SUPERVISED_BY] === 'again' ? { ...typed, pair: undefined } : typed;
  // A parent that talks to this process ends it itself; Ctrl-C in a terminal would reach both at once.
  const supervised = process.send !== undefined;
  // The parent process has printed these sentences already.
  if (!supervised) for (const sentence of unknownSettings(env)) err(sentence);
  actAsOwner(flags.data);
  const printed = (news: AgentNews) => printNews(news, say, err);
  if (!supervised && INSTALLATION.archive !== null && (await whyNever(INSTALLATION)) === null) {
    makeFolder(flags.data);
    process.exitCode = await superviseAgent({
      folder: INSTALLATION.archive,
      data: flags.data,
      args: process.argv.slice(2),
      env,
      trialMs: flags.trialSeconds * 1_000,
      onNews: (news) => printed(news as AgentNews),
      err,
    });
    return;
  }
  const settings = readAgentSettings(flags.data);
  const paired = await identityIn(flags);
  // All that was typed is looked at before anything is done: a code is good for one pairing.
  const { server, ...rest } = settingsOf(flags, settings, paired?.server);
  const route = routeTo(server, flags, settings, env);
  const transport = webSocketTransportBy(route);
  const proof = flags.pair === undefined ? proofOf(flags, settings, paired) : await pairAs(flags.pair);
  const options = { server, ...rest, ...proof };
  const warning = openFolderWarning(flags.data);
  if (warning !== null) err(warning);
  if (rest.encoders.length === 0 && rest.readers === undefined) err(NO_ENCODER);
  makeFolder(flags.data);
  const stopped = untilEnded(supervised, flags.data);
  const output = logOutput(flags, err);
  const port = flags.pagePort ?? settings.pagePort ?? PAGE_PORT;
  const page = port === 'off' ? {} : { pagePort: port };
  const starting = startAgent({
    ...options,
    ...page,
    doctor: doctorLine(flags),
    updates: { ...(await updatesOf(env)), route },
    log: output.log,
    parts: { transport },
  });
  const agent = await unlessStopped(starting, stopped).catch((error: unknown) => {
    output.log.error({ why: explain(error).message }, 'the agent could not start');
    output.close();
    throw error;
  });
  if (agent === null) return output.close();
  const tell = (news: AgentNews) => {
    // A parent that has just gone is noticed by itself.
    if (supervised && process.connected) process.send?.(news, undefined, {}, () => {});
    if (!supervised) printed(news);
  };
  if (agent.page?.shown) tell({ page: { shown: true, url: agent.page.url } });
  else if (agent.page !== null) tell({ page: agent.page });
  const tellStatus = statusTeller(agent, options.signIn !== undefined, (status) => tell({ status }));
  agent.desk.onChange(tellStatus);
  tellStatus();
  tellConnected(agent);
  const failed = await Promise.race([stopped.then(() => null), agent.desk.whenFailed()]);
  await agent.stop();
  output.close();
  if (supervised && process.connected) process.disconnect();
  if (failed !== null) throw new CommandFailure(failed);

  async function pairAs(code: string): Promise<Proof> {
    if (flags.id !== undefined || flags.tokenFile !== undefined)
      throw usageError('--pair makes an identity of its own; leave out --id and --token-file.');
    if (rest.readers !== undefined) await checkPcsc();
    const known = paired?.identity.agent ?? settings.id ?? null;
    const { agent, property, identity } = await pairFolder({ folder: flags.data, server, code, known }, transport);
    out(`Paired with ${property} as agent ${agent}.`);
    return { identity };
  }
}

/** An agent may start before anything is plugged in: its page says what to do. */
const NO_ENCODER =
  'No encoder is named: start the agent with --pcsc to use card readers, or with --sim-encoder for a simulated one.';

/** The line that examines this desk, from wherever it is typed. */
function doctorLine({ data, caFile }: AgentFlags): string {
  const ca = caFile === undefined ? '' : ` --ca-file ${quoted(resolve(caFile))}`;
  return `${INSTALLATION.command} agent doctor --data ${quoted(resolve(data))}${ca} --pcsc`;
}

/** @throws PcscMissing, which ended the agent right after its pairing otherwise */
async function checkPcsc(): Promise<void> {
  await (await openPcsc()).close();
}

/** Who the folder says that the agent is. A damaged identity is none where it is to be replaced. */
function identityIn({ data, pair }: AgentFlags): Promise<StoredIdentity | null> {
  return readIdentity(data).catch((error: unknown) => {
    if (pair !== undefined && error instanceof DamagedIdentity) return null;
    throw error;
  });
}

function logOutput({ data, logFile }: AgentFlags, err: (text: string) => void): ProgramLog {
  if (logFile === undefined) return standardErrorLog();
  const file = resolve(logFile === true ? join(data, 'agent.log') : logFile);
  return programLog(rotatedFile(file), {
    onFailure: ({ message }) =>
      err(`The log can't be written to ${file} (${message}); make room, or name another file. The agent goes on.`),
  });
}

function printNews(news: AgentNews, say: (text: string) => void, err: (text: string) => void): void {
  if ('status' in news) say(news.status);
  else if (news.page.shown) say(`page for the desk: ${news.page.url}`);
  else err(noPageText(news.page, '--page-port'));
}

type Proof = Pick<PairedAgentOptions, 'identity'> | Pick<AgentOptions, 'agent' | 'token'>;

/** All of an agent but who it is. Throws for what can't be. */
function settingsOf(flags: AgentFlags, settings: AgentSettings, pairedWith: string | undefined) {
  const server = flags.server ?? settings.server ?? pairedWith;
  if (server === undefined) throw usageError('Which server? Name it with --server.');
  checkServerAddress(server);
  const readers = readersOf(flags, settings);
  return {
    server,
    folder: flags.data,
    encoders: encodersOf(flags, settings.encoders ?? [], readers),
    readers,
    signIn: settings.signIn,
  };
}

function proofOf(flags: AgentFlags, settings: AgentSettings, paired: StoredIdentity | null): Proof {
  if (paired !== null) return { identity: paired.identity };
  const id = flags.id ?? settings.id;
  const token = flags.tokenFile === undefined ? settings.token : readToken(flags.tokenFile);
  if (id === undefined && token === undefined)
    throw usageError(
      `No agent was paired in ${flags.data}. Pair it with --pair CODE; an administrator makes the code with \`keyrack agents pair\`.`,
    );
  if (id === undefined || !agentId.safeParse(id).success) throw usageError("Give the agent's id with --id.");
  if (token === undefined) throw usageError('Name the file with its enrolment token with --token-file.');
  return { agent: agentId.parse(id), token };
}

/** The simulated encoders. Card readers come later, as they are plugged in. */
function encodersOf(
  { simEncoder, forSignedIn }: AgentFlags,
  known: AgentOptions['encoders'],
  readers: AgentOptions['readers'],
): AgentOptions['encoders'] {
  const encoders =
    simEncoder === undefined
      ? known
      : simEncoder.map((text, at) => ({ mac: mac.parse(text), name: `Simulated ${at + 1}`, forSignedIn: false }));
  if (new Set(encoders.map((each) => each.mac)).size < encoders.length) throw usageError('Name each encoder once.');
  const twice = encoders.find((each) => readers?.named.some((reader) => reader.mac === each.mac));
  if (twice !== undefined)
    throw usageError(`${twice.mac} is a simulated encoder and a card reader; give one another MAC.`);
  if (encoders.length > AGENT_LIMITS.encoders)
    throw usageError(`An agent has ${AGENT_LIMITS.encoders} encoders at most; run another agent for the others.`);
  if (forSignedIn === undefined) return encoders;
  if (readers === undefined && !encoders.some((each) => each.mac === forSignedIn))
    throw usageError(`There is no encoder ${forSignedIn}.`);
  return encoders.map((each) => ({ ...each, forSignedIn: each.mac === forSignedIn }));
}

function readToken(file: string): string {
  const token = readText(file).trim();
  if (isOpenToOthers(file)) throw usageError(`${file} can be read by others than its user; run \`chmod 600 ${file}\`.`);
  if (/^[0-9A-Za-z_-]{43}$/.test(token)) return token;
  throw usageError(`The file ${file} doesn't hold an enrolment token: that is 43 letters, digits, - and _.`);
}

/** Tells each change of the connection once; `ready` when the agent can do all that it is set to do. */
function statusTeller({ desk }: RunningAgent, signsIn: boolean, tell: (text: string) => void): () => void {
  // It is what it has begun with, also where it has found out meanwhile that nobody listens.
  let reported = 'connecting';
  tell(reported);
  return () => {
    const { connection, signedIn } = desk.state();
    const text =
      connection.status === 'online'
        ? !signsIn || signedIn !== null
          ? 'ready'
          : 'signing in'
        : connection.status === 'refused'
          ? `refused: ${connection.why.message}`
          : connection.status === 'waiting'
            ? `not connected: ${obstacleText(connection.why)}`
            : connection.status;
    if (text !== reported) tell(text);
    reported = text;
  };
}

/** Tells whoever tries this version that its server knows this agent. */
function tellConnected({ desk }: RunningAgent): void {
  const look = () => {
    if (desk.state().connection.status !== 'online') return;
    stopListening();
    tellSupervisor({ connected: true });
  };
  const stopListening = desk.onChange(look);
  look();
}

function untilEnded(supervised: boolean, folder: string): Promise<void> {
  const told = supervised ? untilParentStops() : untilStopped();
  return process.platform === 'win32' ? Promise.race([told, untilStopRequested(folder)]) : told;
}

function untilParentStops(): Promise<void> {
  process.on('SIGINT', () => {});
  return new Promise((resolve) => {
    // A terminal that is closed reaches both, too.
    process.on('SIGHUP', () => {});
    process.once('disconnect', resolve);
    process.once('SIGTERM', () => resolve());
  });
}

function parseTrial(text: string): number {
  const seconds = Number(text);
  if (/^\d{1,3}$/.test(text) && seconds >= 1 && seconds <= 600) return seconds;
  throw new InvalidArgumentError('It is a number of seconds from 1 to 600.');
}

function parsePagePort(text: string): PagePort {
  const parsed = pagePort.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message}.`);
}
