import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { type Clock, systemClock } from '../../clock.ts';
import { putFileSync } from '../../durable-files.ts';
import {
  CONTROL_FILE,
  CONTROL_LIMITS,
  type ControlCommand,
  type ControlFile,
  type ControlResponse,
  controlRequest,
} from './control-messages.ts';
import { DoorError, type Doors, openDoors } from './doors.ts';
import { DeskError, type SimulatedDesk } from './simulated-desk.ts';

export interface ControlEndpoint {
  readonly port: number;
  /** Stops listening, drops every connection, and takes the file away. */
  close(): Promise<void>;
}

/**
 * Lets other processes of this computer's user work a simulated desk, as `keyrack sim` does. Listens on 127.0.0.1 at a
 * port that the system picks, and writes port and token to `sim-control.json` in `folder`, readable by
 * this user alone. A file that an earlier process left there is replaced.
 *
 * Commands are carried out at once, in the order of arrival; none waits for what the agent makes of it.
 * @throws the system's error when it can't listen or write
 */
export async function startControl(
  desk: SimulatedDesk,
  folder: string,
  clock: Pick<Clock, 'now'> = systemClock,
  given: Partial<Record<'proofMs' | 'lingerMs', number>> = {},
): Promise<ControlEndpoint> {
  const limits = { ...CONTROL_LIMITS, ...given };
  const doors = openDoors(folder);
  const token = randomBytes(32).toString('base64url');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, (command) => resultOf(desk, command, doors, clock.now()), token, limits);
  });
  server.maxConnections = CONTROL_LIMITS.connections;
  const port = await new Promise<number>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const file = join(folder, CONTROL_FILE);
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  try {
    mkdirSync(folder, { recursive: true });
    const content: ControlFile = { version: 1, port, token };
    putFileSync(file, `${JSON.stringify(content)}\n`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    close: async () => {
      removeOwnFile(file, token);
      await stop();
    },
  };
}

/**
 * Removes the file unless another process has put its own there meanwhile. A file that can't be read or removed stays.
 * It leads to nobody, the next start replaces it, and ending the agent mustn't fail for it.
 */
function removeOwnFile(file: string, token: string): void {
  try {
    if (readFileSync(file, 'utf8').includes(token)) rmSync(file);
  } catch {}
}

function serve(socket: Socket, work: Work, token: string, limits: Record<'proofMs' | 'lingerMs', number>): void {
  let pending = Buffer.alloc(0);
  const answer = (response: ControlResponse) => socket.write(`${JSON.stringify(response)}\n`);
  const refuse = (message: string) => {
    answer({ ok: false, message });
    socket.removeAllListeners('data');
    socket.resume(); // what still comes is dropped, so that the answer isn't lost to a reset
    socket.end();
    endWithin(limits.lingerMs);
  };
  let limit: NodeJS.Timeout | undefined;
  // Time without traffic doesn't bound it: a byte now and then is traffic.
  const endWithin = (ms: number) => {
    clearTimeout(limit);
    limit = setTimeout(() => socket.destroy(), ms);
  };
  endWithin(limits.proofMs);
  socket.on('close', () => clearTimeout(limit));
  socket.setTimeout(CONTROL_LIMITS.idleMs, () => socket.destroy());
  socket.on('error', () => socket.destroy()); // the peer is gone, and nobody is left to tell
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let end = pending.indexOf(10); end !== -1 && end <= CONTROL_LIMITS.requestBytes; end = pending.indexOf(10)) {
      const line = pending.subarray(0, end).toString('utf8');
      pending = pending.subarray(end + 1);
      const request = parse(line);
      if (!request.ok) return refuse(request.message);
      if (!sameToken(request.token, token)) return refuse('wrong token');
      clearTimeout(limit);
      answer(carryOut(work, request.command));
    }
    if (pending.length > CONTROL_LIMITS.requestBytes)
      refuse(`a request has at most ${CONTROL_LIMITS.requestBytes} bytes`);
  });
}

type Parsed = { ok: true; token: string; command: ControlCommand } | { ok: false; message: string };

function parse(line: string): Parsed {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { ok: false, message: 'not a line of JSON' };
  }
  const parsed = controlRequest.safeParse(json);
  if (!parsed.success) return { ok: false, message: z.prettifyError(parsed.error) };
  return { ok: true, token: parsed.data.token, command: parsed.data.request };
}

/** Compared by hash, so that neither length nor time tells anything of the token. */
function sameToken(given: string, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

type Work = (command: ControlCommand) => unknown;

function carryOut(work: Work, command: ControlCommand): ControlResponse {
  try {
    return { ok: true, result: work(command) };
  } catch (error) {
    if (error instanceof DeskError || error instanceof DoorError) return { ok: false, message: error.message };
    // A full disk, say: the person at the other end is the one who can do something about it.
    return {
      ok: false,
      message: `the simulated desk failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function resultOf(desk: SimulatedDesk, command: ControlCommand, doors: Doors, now: number): unknown {
  switch (command.command) {
    case 'list':
      return desk.list();
    case 'add':
      return desk.add(command.serial, command.chip);
    case 'place':
      return desk.place(command.serial, command);
    case 'remove':
      return desk.remove(command.encoder);
    case 'tear':
      return desk.tear(command.serial, command.writes, command.mode);
    case 'show':
      return desk.show(command.serial);
    case 'doors':
      return doors.list();
    case 'copy':
      return desk.copy(command.serial, command.onto);
    case 'knock': {
      const { serial, content } = desk.show(command.serial).card;
      const others = desk.list().cards.map((card) => card.serial);
      return doors.knock(command.door, { serial, content, others }, now);
    }
    case 'program':
      return doors.program(command.door, command.lock);
  }
}
