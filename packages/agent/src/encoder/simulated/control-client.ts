import type { Chip, LockExport, Mac, Serial } from '@keyrack/protocol';
import type { z } from 'zod';
import { askEndpoint, ControlError } from '../../control/client.ts';
import type { TearMode } from './card-memory.ts';
import { CONTROL_FILE, type ControlCommand, controlResults } from './control-messages.ts';
import type { CardSummary, EncoderSummary } from './simulated-desk.ts';

/**
 * The commands of a SimulatedDesk, from another process. All throw ControlError, or the system's error where the file that
 * says where it is can't be read.
 */
export interface ControlClient {
  list(): Promise<{ encoders: EncoderSummary[]; cards: CardSummary[] }>;
  add(serial: Serial, chip: Chip): Promise<CardSummary>;
  place(serial: Serial, on?: { encoder?: Mac | undefined; chip?: Chip | undefined }): Promise<CardSummary>;
  remove(encoder?: Mac): Promise<Serial | null>;
  tear(serial: Serial, writes: number, mode: TearMode): Promise<CardSummary>;
  show(serial: Serial): Promise<{ card: CardSummary; dump: string }>;
  /** The simulated doors of the property. */
  doors(): Promise<{ door: string; kind: 'room' | 'shared' }[]>;
  copy(serial: Serial, onto: Serial): Promise<CardSummary>;
  /** Holds a card to a door. The lock remembers what it learns. */
  knock(door: string, serial: Serial): Promise<{ opens: boolean; reason?: string | undefined; text: string }>;
  /** Gives a door's lock its keys, and answers the key versions that it accepts from now on. */
  program(door: string, lock: LockExport): Promise<{ versions: number[] }>;
}

/**
 * Controls the simulated desk of the agent that has its data in `folder`. Holds nothing open: each command reads
 * the file anew, so the client outlives restarts of the agent.
 */
export function controlClient(folder: string): ControlClient {
  return {
    list: () => send(folder, { command: 'list' }),
    add: (serial, chip) => send(folder, { command: 'add', serial, chip }),
    place: (serial, on = {}) => send(folder, { command: 'place', serial, ...on }),
    remove: (encoder) => send(folder, { command: 'remove', encoder }),
    tear: (serial, writes, mode) => send(folder, { command: 'tear', serial, writes, mode }),
    show: (serial) => send(folder, { command: 'show', serial }),
    doors: () => send(folder, { command: 'doors' }),
    copy: (serial, onto) => send(folder, { command: 'copy', serial, onto }),
    knock: (door, serial) => send(folder, { command: 'knock', door, serial }),
    program: (door, lock) => send(folder, { command: 'program', door, lock }),
  };
}

type Result<C extends ControlCommand['command']> = z.infer<(typeof controlResults)[C]>;

async function send<C extends ControlCommand['command']>(
  folder: string,
  request: Extract<ControlCommand, { command: C }>,
): Promise<Result<C>> {
  const answer = await askEndpoint(
    folder,
    { file: CONTROL_FILE, name: 'the simulated desk', notRunning: notRunning(folder) },
    request,
  );
  const result = controlResults[request.command].safeParse(answer);
  if (!result.success)
    throw new ControlError('broken', `the simulated desk answered ${request.command} with something else`);
  return result.data as Result<C>;
}

const notRunning = (folder: string) =>
  `No agent with simulated encoders runs on ${folder}. Start it, or name its data folder with --data.`;
