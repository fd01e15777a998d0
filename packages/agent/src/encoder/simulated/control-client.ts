import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Chip, LockExport, Mac, Serial } from '@keyrack/protocol';
import type { z } from 'zod';
import type { TearMode } from './card-memory.ts';
import {
  CONTROL_FILE,
  CONTROL_LIMITS,
  type ControlCommand,
  type ControlFile,
  controlFile,
  controlResponse,
  controlResults,
} from './control-messages.ts';
import type { CardSummary, EncoderSummary } from './simulated-desk.ts';

/**
 * Why a command came to nothing: `not-running` no simulated desk answers there; `refused` it answered no, and the
 * message is its reason; `broken` what came back can't be understood, or didn't come in time.
 */
export type ControlErrorCode = 'not-running' | 'refused' | 'broken';

export class ControlError extends Error {
  readonly code: ControlErrorCode;

  constructor(code: ControlErrorCode, message: string) {
    super(message);
    this.name = 'ControlError';
    this.code = code;
  }
}

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
  const { port, token } = whereToConnect(folder);
  const line = await exchangeLine(port, `${JSON.stringify({ token, request })}\n`);
  const response = controlResponse.safeParse(parseJson(line));
  if (!response.success) throw new ControlError('broken', 'the simulated desk answered something else than expected');
  if (!response.data.ok) throw new ControlError('refused', response.data.message);
  const result = controlResults[request.command].safeParse(response.data.result);
  if (!result.success)
    throw new ControlError('broken', `the simulated desk answered ${request.command} with something else`);
  return result.data as Result<C>;
}

function whereToConnect(folder: string): ControlFile {
  const file = join(folder, CONTROL_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw Object.assign(error as Error, { path: file });
    throw new ControlError(
      'not-running',
      `No agent with simulated encoders runs on ${folder}. Start it, or name its data folder with --data.`,
    );
  }
  const parsed = controlFile.safeParse(parseJson(text));
  if (!parsed.success) throw new ControlError('broken', `${file} is damaged`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends a line and resolves to the line that comes back. */
function exchangeLine(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const socket = connect(port, '127.0.0.1', () => socket.write(line));
    const fail = (code: ControlErrorCode, message: string) => {
      socket.destroy();
      reject(new ControlError(code, message));
    };
    socket.setTimeout(CONTROL_LIMITS.idleMs, () => fail('broken', 'the simulated desk did not answer'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED'
        ? fail('not-running', 'the agent with simulated encoders has stopped')
        : fail('broken', error.message),
    );
    socket.on('close', () => fail('broken', 'the simulated desk hung up'));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > CONTROL_LIMITS.responseBytes) return fail('broken', 'the answer is too long');
      const end = chunk.indexOf(10);
      if (end === -1) return;
      resolve(Buffer.concat(chunks).toString('utf8').split('\n', 1)[0] ?? '');
      socket.destroy();
    });
  });
}
