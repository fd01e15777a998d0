import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CONTROL_LIMITS, type ControlFile, controlFile, controlResponse } from './messages.ts';

/**
 * Why a command came to nothing: `not-running` nobody answers there; `refused` it answered no, and the
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

/** Who is spoken to: the file that says where, and what to say when nobody is there. */
export interface Controllable {
  readonly file: string;
  /** As the subject of a sentence. */
  readonly name: string;
  readonly notRunning: string;
}

/** Has a running agent do something, and resolves to what it answered. Throws ControlError, or the system's error. */
export async function askEndpoint(folder: string, who: Controllable, request: object): Promise<unknown> {
  const { port, token } = whereToConnect(folder, who);
  const line = await exchangeLine(port, `${JSON.stringify({ token, request })}\n`, who);
  const response = controlResponse.safeParse(parseJson(line));
  if (!response.success) throw new ControlError('broken', `${who.name} answered something else than expected`);
  if (!response.data.ok) throw new ControlError('refused', response.data.message);
  return response.data.result;
}

function whereToConnect(folder: string, who: Controllable): ControlFile {
  const file = join(folder, who.file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw Object.assign(error as Error, { path: file });
    throw new ControlError('not-running', who.notRunning);
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
function exchangeLine(port: number, line: string, { name, notRunning }: Controllable): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const socket = connect(port, '127.0.0.1', () => socket.write(line));
    const fail = (code: ControlErrorCode, message: string) => {
      socket.destroy();
      reject(new ControlError(code, message));
    };
    socket.setTimeout(CONTROL_LIMITS.idleMs, () => fail('broken', `${name} did not answer`));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? fail('not-running', notRunning) : fail('broken', error.message),
    );
    socket.on('close', () => fail('broken', `${name} hung up`));
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
