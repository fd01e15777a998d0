import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AgentId, type JournalId, type Mac, unfailingLog } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';
import { type Clock, systemClock } from './clock.ts';
import {
  type AgentIdentity,
  type Credentials,
  type DeskAgent,
  type DeskEncoder,
  startDeskAgent,
} from './desk/index.ts';
import {
  createSimulatedDesk,
  diskCardBox,
  type ReaderSettings,
  type SimulatedDesk,
  startControl,
} from './encoder/index.ts';
import { identityByToken } from './identity/index.ts';
import { type Disk, folderDisk, openJournal } from './journal/index.ts';
import { checkServerAddress, type Transport, webSocketTransport } from './link/index.ts';
import { lockFolder } from './lock-folder.ts';
import { type AgentLog, SILENT } from './log.ts';
import { type PageStart, showPage } from './page/index.ts';
import type { Randomness } from './randomness.ts';
import { createSandbox, NO_SANDBOX } from './sandbox/create-sandbox.ts';
import {
  readAutomatic,
  readLastUpdate,
  startUpdateControl,
  startUpdates,
  type Updates,
  type UpdatesParts,
} from './update/index.ts';
import { useReaders } from './use-readers.ts';

/** Wiring: the one place of the agent that touches the real clock, chance, network and file system. */

const SOFTWARE = `keyrack-agent ${VERSION}`;

interface AgentSettings {
  /** Address of the server's agent endpoint: `wss://…`, or `ws://…` on the same computer. */
  readonly server: string;
  /** The agent's own folder: its journal, and the simulated cards. Made when it is missing. */
  readonly folder: string;
  /** Simulated encoders, whose cards lie in the folder's card box. */
  readonly encoders: readonly { readonly mac: Mac; readonly name: string; readonly forSignedIn: boolean }[];
  /** The card readers that are used besides, through PC/SC. None unless told. */
  readonly readers?: ReaderSettings | undefined;
  /** Who signs in whenever nobody is. */
  readonly signIn?: Credentials | undefined;
  /** The port of the page for the person at the desk, on 127.0.0.1; 0 for any. There is no page unless told. */
  readonly pagePort?: number | undefined;
  /** The command that examines this desk, as its page shows it. */
  readonly doctor?: string | undefined;
  /** How this program may be updated. It isn't unless told. */
  readonly updates?: Pick<UpdatesParts, 'own' | 'system' | 'program' | 'route'> | undefined;
  /** A pino logger, say. Nothing is logged unless told. */
  readonly log?: AgentLog | undefined;
  /** Replaces what the agent is made of, each by itself: tests wrap the real ones to kill the process at named points. */
  readonly parts?: Partial<AgentParts> | undefined;
}

/** An agent that was enrolled with a token, as the demonstration's is. */
export interface AgentOptions extends AgentSettings {
  readonly agent: AgentId;
  /** 32 random bytes in base64url, 43 characters. */
  readonly token: string;
}

/** An agent that was paired: see `readIdentity`. */
export interface PairedAgentOptions extends AgentSettings {
  readonly identity: AgentIdentity;
}

export interface AgentParts {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly transport: Transport;
  /** The journal's folder. */
  readonly disk: Disk;
  /** Used instead of the simulated encoders of the options; then there is no card box and no control endpoint. */
  readonly encoders: readonly DeskEncoder[];
  /** The simulated desk behind those encoders, where there is one. */
  readonly simulated: SimulatedDesk;
}

export interface RunningAgent {
  readonly desk: DeskAgent;
  /** The simulated encoders and their cards; null where `parts.encoders` were given. */
  readonly simulated: SimulatedDesk | null;
  /** Null where nothing was told of updates. */
  readonly updates: Updates | null;
  /** The page for the person at the desk; null where none was wanted. */
  readonly page: PageStart | null;
  /** Ends what is being written, then everything else. */
  stop(): Promise<void>;
}

export const systemRandomness: Randomness = { uuid: randomUUID, fraction: Math.random };

/** Where the journal lies within the agent's folder. */
export function journalFolder(folder: string): string {
  return join(folder, 'journal');
}

/**
 * Starts an agent. It connects by itself, again and again, until it is stopped.
 * @throws AddressError
 * @throws FolderInUse another agent runs in that folder
 * @throws JournalError damaged, newer, broken
 * @throws UnusableCardFile
 * @throws PcscMissing readers are to be used
 * @throws the system's error when the folder can't be used
 */
export async function startAgent(options: AgentOptions | PairedAgentOptions): Promise<RunningAgent> {
  const { server, folder, parts = {} } = options;
  const log = unfailingLog(options.log ?? SILENT, ['info', 'warn', 'error']);
  const { clock = systemClock, random = systemRandomness, transport = webSocketTransport } = parts;
  checkServerAddress(server);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  /** Ends of the parts that were started, to be called in the opposite order. */
  const ends: (() => Promise<void>)[] = [];
  const endAll = async () => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      // A part that fails to end must not keep the others running.
      await end().catch((error: unknown) => log.error({ err: error }, 'a part of the agent could not be ended'));
    }
  };
  try {
    const folderLock = await lockFolder(folder);
    ends.push(folderLock.release);

    const disk = parts.disk ?? (await folderDisk(journalFolder(folder)));
    const journal = await openJournal({ disk, clock, newId: () => random.uuid() as JournalId });
    ends.push(journal.close);
    log.info({ journal: journal.id(), number: journal.head().number }, 'journal opened');

    const simulated = parts.encoders === undefined ? await startSimulated(options, clock, ends) : null;
    const fixed = parts.encoders ?? asDeskEncoders(simulated, options.encoders);
    const identity = 'identity' in options ? options.identity : identityByToken(options.agent, options.token);
    const readers =
      options.readers === undefined
        ? null
        : await useReaders({ settings: options.readers, installationId: identity.agent, fixed, clock, log });
    if (readers !== null) ends.push(readers.close);
    const desk = startDeskAgent({
      url: server,
      identity,
      software: SOFTWARE,
      journal,
      encoders: readers?.encoders() ?? fixed,
      transport,
      clock,
      random,
      log,
      signIn: options.signIn,
      sandbox: sandboxOf(options.readers, simulated ?? parts.simulated),
    });
    ends.push(desk.stop);
    if (readers !== null) ends.push(readers.keepUpToDate(desk));
    const updates = await startUpdatesOf(options, { desk, clock, random, log }, ends);
    const { doctor } = options;
    const shown = {
      desk,
      clock,
      log,
      usesReaders: options.readers !== undefined,
      ...(doctor !== undefined && { doctor }),
      ...(updates !== null && { updates }),
    };
    const page = options.pagePort === undefined ? null : await showPage({ ...shown, port: options.pagePort });
    if (page?.shown) ends.push(page.close);
    return { desk, simulated, updates, page, stop: endAll };
  } catch (error) {
    await endAll();
    throw error;
  }
}

async function startUpdatesOf(
  { folder, server, updates: told }: AgentSettings,
  parts: { desk: DeskAgent; clock: Clock; random: Randomness; log: AgentLog },
  ends: (() => Promise<void>)[],
): Promise<Updates | null> {
  if (told === undefined) return null;
  const [automatic, last] = await Promise.all([readAutomatic(folder), readLastUpdate(folder)]);
  const updates = startUpdates({ ...told, ...parts, data: folder, server, automatic, last });
  ends.push(async () => updates.stop());
  if ('folder' in told.program) ends.push((await startUpdateControl(updates, folder)).close);
  return updates;
}

async function startSimulated(
  { folder, encoders }: AgentSettings,
  clock: Clock,
  ends: (() => Promise<void>)[],
): Promise<SimulatedDesk> {
  const desk = createSimulatedDesk({ encoders, box: diskCardBox(join(folder, 'cards')), clock });
  ends.push(desk.close);
  const control = await startControl(desk, folder);
  ends.push(control.close);
  return desk;
}

/** People stand at an agent that uses card readers: nobody drives it from afar, not even its simulated encoders. */
function sandboxOf(readers: AgentSettings['readers'], simulated: SimulatedDesk | undefined) {
  if (readers !== undefined) return NO_SANDBOX;
  return simulated === undefined ? undefined : createSandbox(simulated, (count) => randomBytes(count));
}

function asDeskEncoders(simulated: SimulatedDesk | null, wanted: AgentSettings['encoders']): DeskEncoder[] {
  const marked = new Set(wanted.filter(({ forSignedIn }) => forSignedIn).map(({ mac }) => mac));
  return (simulated?.encoders ?? []).map((encoder) => ({
    encoder,
    forSignedIn: marked.has(encoder.mac),
    simulated: true,
  }));
}
