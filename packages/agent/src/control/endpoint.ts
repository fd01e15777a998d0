import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { putFileSync } from '../durable-files.ts';
import { CONTROL_LIMITS, type ControlFile, type ControlResponse } from './messages.ts';

export interface ControlEndpoint {
  readonly port: number;
  /** Stops listening, drops every connection, and takes the file away. */
  close(): Promise<void>;
}

/** What an endpoint carries out, and how it tells of it. */
export interface Controlled<Command> {
  /** Where it is: the name of a file in the agent's data folder. */
  readonly file: string;
  readonly command: z.ZodType<Command>;
  /** What it answers. It is carried out at once, in the order of arrival. */
  work(command: Command): unknown;
  /** What to say of an exception; without it, that of a person who can do something about it. */
  failureOf(error: unknown): string;
}

/**
 * Lets other processes of this computer's user tell the agent what to do. Listens on 127.0.0.1 at a port that the system
 * picks, and writes port and token to a file in `folder`, readable by this user alone. A file that an earlier process left
 * there is replaced.
 * @throws the system's error when it can't listen or write
 */
export async function startEndpoint<Command>(
  folder: string,
  controlled: Controlled<Command>,
  given: Partial<Record<'proofMs' | 'lingerMs', number>> = {},
): Promise<ControlEndpoint> {
  const limits = { ...CONTROL_LIMITS, ...given };
  const token = randomBytes(32).toString('base64url');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, controlled, token, limits);
  });
  server.maxConnections = CONTROL_LIMITS.connections;
  const port = await new Promise<number>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const file = join(folder, controlled.file);
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

function serve<Command>(
  socket: Socket,
  controlled: Controlled<Command>,
  token: string,
  limits: Record<'proofMs' | 'lingerMs', number>,
): void {
  const request = z.strictObject({ token: z.string().max(100), request: controlled.command });
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
      const asked = parse(line, request);
      if (!asked.ok) return refuse(asked.message);
      if (!sameToken(asked.token, token)) return refuse('wrong token');
      clearTimeout(limit);
      answer(carryOut(controlled, asked.command));
    }
    if (pending.length > CONTROL_LIMITS.requestBytes)
      refuse(`a request has at most ${CONTROL_LIMITS.requestBytes} bytes`);
  });
}

type Parsed<Command> = { ok: true; token: string; command: Command } | { ok: false; message: string };

function parse<Command>(line: string, request: z.ZodType<{ token: string; request: Command }>): Parsed<Command> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { ok: false, message: 'not a line of JSON' };
  }
  const parsed = request.safeParse(json);
  if (!parsed.success) return { ok: false, message: z.prettifyError(parsed.error) };
  return { ok: true, token: parsed.data.token, command: parsed.data.request };
}

/** Compared by hash, so that neither length nor time tells anything of the token. */
function sameToken(given: string, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

function carryOut<Command>({ work, failureOf }: Controlled<Command>, command: Command): ControlResponse {
  try {
    return { ok: true, result: work(command) };
  } catch (error) {
    return { ok: false, message: failureOf(error) };
  }
}
