import type { DeskAgent } from '@keyrack/agent/desk/desk-agent.ts';
import { startDeskAgent } from '@keyrack/agent/desk/start-desk-agent.ts';
import { isCardError } from '@keyrack/agent/encoder/card-error.ts';
import type { Encoder } from '@keyrack/agent/encoder/encoder.ts';
import { REALISTIC_TIMING } from '@keyrack/agent/encoder/simulated/simulated-connection.ts';
import { createSimulatedEncoder, type SimulatedEncoder } from '@keyrack/agent/encoder/simulated/simulated-encoder.ts';
import { JOURNAL_LIMITS, type Journal, openJournal } from '@keyrack/agent/journal/journal.ts';
import { JournalError } from '@keyrack/agent/journal/journal-error.ts';
import type { AgentLog } from '@keyrack/agent/log.ts';
import type { JournalId, Mac } from '@keyrack/protocol';
import type { AgentWatch } from '../checks/watch-agents.ts';
import type { Computer, Process } from '../clockwork/computer.ts';
import type { Scheduler } from '../clockwork/scheduler.ts';
import type { Trace } from '../clockwork/trace.ts';
import type { Network, Path } from '../world/network.ts';
import type { Plastic } from '../world/plastic.ts';
import type { SimulatedFolder } from '../world/simulated-disk.ts';
import { type EncoderTrouble, watchEncoder } from '../world/watched-encoder.ts';
import type { PropertyAgent } from './hotel.ts';

export interface DeskEncoder {
  readonly mac: Mac;
  /** Where cards lie on it: its MAC, but of a second reader that answers to the same. */
  readonly place: Mac;
  /** The computer that it belongs at, and whether it is the marked one there. */
  readonly home: string;
  readonly forSignedIn: boolean;
  readonly trouble: EncoderTrouble;
  /** The device, and what the running process has in its hands of it; null while none runs. */
  driven: { readonly driver: SimulatedEncoder; readonly encoder: Encoder } | null;
}

/** A front-desk computer with its encoders and disk; the agent on it comes and goes. */
export interface FrontDesk {
  readonly name: string;
  readonly identity: PropertyAgent;
  readonly computer: Computer;
  readonly folder: SimulatedFolder;
  readonly path: Path;
  /** What is plugged in there now. */
  encoders: readonly DeskEncoder[];
  readonly random: { fraction(): number };
  /** A copy of another one's folder, which nobody meant to run. */
  readonly clone: boolean;
  process: Process | null;
  agent: DeskAgent | null;
  journal: Journal | null;
  /** Milliseconds that its disk takes longer than usual, once. */
  diskDelayMs: number;
}

export interface FrontDeskParts {
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly plastic: Plastic;
  readonly trace: Trace;
  readonly watch: AgentWatch;
  readonly diskMs: () => number;
  readonly encoderPace: number;
  readonly newId: (of: string) => string;
  readonly onBug: (error: unknown) => void;
  /** The program ended by itself; somebody has to start it again. */
  readonly onEnded: (desk: FrontDesk, why: 'journal damaged' | 'failed') => void;
}

export function startFrontDesk(desk: FrontDesk, process: Process, parts: FrontDeskParts): void {
  desk.process = process;
  desk.agent = null;
  desk.journal = null;
  open(desk, process, parts).catch((error: unknown) => {
    if (desk.process !== process) return;
    if (parts.trace.on) parts.trace.say(desk.name, `could not start: ${String(error)}`);
    if (error instanceof JournalError && error.code === 'damaged') return parts.onEnded(desk, 'journal damaged');
    if (!(error instanceof Error && 'code' in error)) parts.onBug(error);
    parts.onEnded(desk, 'failed');
  });
}

async function open(desk: FrontDesk, process: Process, parts: FrontDeskParts): Promise<void> {
  const { scheduler, network, trace, watch, newId } = parts;
  const { clock } = process;
  const disk = desk.folder.open((work, done) => {
    const ms = parts.diskMs() + (work === 'sync' ? desk.diskDelayMs : 0);
    if (work === 'sync') desk.diskDelayMs = 0;
    scheduler.at(scheduler.now() + ms, process, done);
  });
  // Each acknowledgement is kept: more writes, and more instants to die at.
  const limits = { ...JOURNAL_LIMITS, acknowledgedEvery: 0 };
  const journal = await openJournal({ disk, clock, newId: () => newId('journal') as JournalId, limits });
  desk.journal = journal;
  const encoders = drive(desk, process, parts);
  desk.agent = startDeskAgent({
    url: 'ws://server',
    identity: { agent: desk.identity.id, prove: () => ({ by: 'token', token: desk.identity.token }) },
    software: 'simulated',
    journal: watchJournal(journal, process, desk, watch),
    encoders,
    transport: network.transportOf(process, desk.path),
    clock,
    random: { uuid: () => newId('agent'), fraction: () => desk.random.fraction() },
    log: agentLog(desk, parts),
  });
  if (trace.on) trace.say(desk.name, `runs with journal ${journal.id()} at ${journal.head().number}`);
  const why = await desk.agent.whenFailed();
  if (trace.on) trace.say(desk.name, `failed: ${why}`);
  parts.onEnded(desk, 'failed');
}

/** Drives what is plugged in, and lists it as the agent is told of it. */
function drive(desk: FrontDesk, process: Process, parts: FrontDeskParts) {
  const { plastic, scheduler, watch, encoderPace } = parts;
  const timing = Object.fromEntries(
    Object.entries(REALISTIC_TIMING).map(([of, ms]) => [of, Math.round(ms * encoderPace)]),
  ) as unknown as typeof REALISTIC_TIMING;
  return desk.encoders.map((device) => {
    const { mac, place, trouble } = device;
    if (device.driven === null) {
      const driver = createSimulatedEncoder({ mac: place, name: mac, box: plastic.box, clock: process.clock, timing });
      device.driven = { driver, encoder: watchEncoder({ ...driver, mac }, process, scheduler, trouble, watch) };
      plastic.drive(place, driver);
    }
    return { encoder: device.driven.encoder, forSignedIn: device.forSignedIn && device.home === desk.name };
  });
}

/** Its process ended, or it was unplugged: whatever is under way there ends. */
export function letGo(device: DeskEncoder, { plastic }: Pick<FrontDeskParts, 'plastic'>): void {
  void device.driven?.driver.close();
  plastic.drive(device.place, null);
  device.driven = null;
}

/** Other encoders are plugged in there now: the running agent notices soon. */
export function replug(desk: FrontDesk, encoders: readonly DeskEncoder[], parts: FrontDeskParts): void {
  desk.encoders = encoders;
  const { process } = desk;
  if (process === null) return;
  parts.scheduler.at(parts.scheduler.now(), process, () => {
    // One that is just starting will look by itself.
    if (desk.agent !== null) void desk.agent.setEncoders(drive(desk, process, parts));
  });
}

function watchJournal(journal: Journal, process: Process, desk: FrontDesk, watch: AgentWatch): Journal {
  return {
    ...journal,
    append: async (entry) => {
      const durable = watch.journaling(process, entry);
      const record = await journal.append(entry);
      durable(desk.folder.isSynced('.journal'));
      return record;
    },
  };
}

/** Complaints that nothing in this world can cause but a bug. */
const NEVER = [
  'the server broke the agent protocol',
  'the server sent what this agent does not understand',
  'the server acknowledged what is not in this journal',
];

function agentLog(desk: FrontDesk, { trace, onBug }: FrontDeskParts): AgentLog {
  const say = (fields: object, message: string) => {
    if (trace.on) trace.say(desk.name, `${message} ${JSON.stringify(fields)}`);
  };
  return {
    info: say,
    warn: say,
    error(fields, message) {
      say(fields, message);
      const { err } = fields as { err?: unknown };
      if (err !== undefined && !isCardError(err) && !(err instanceof JournalError)) onBug(err);
      if (NEVER.includes(message)) onBug(new Error(`${message}: ${JSON.stringify(fields)}`));
    },
  };
}
