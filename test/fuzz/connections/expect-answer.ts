import { connect } from 'node:net';

/** A right request, and a part of its answer. */
export interface Right {
  readonly port: number;
  /** Its first line. */
  readonly line: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly answer: string;
}

/** What a listener may take for a right request, with nothing else under way. Milliseconds. */
const WITHIN_MS = 2_000;
/** A connection that is refused is tried again: others may just be leaving. */
const TRIES = 20;
const PAUSE_MS = 100;

/** Sends a right request over HTTP, and throws where it is answered otherwise, or late. */
export function expectAnswer({ port, line, headers = [], body = '', answer }: Right, patience: number): Promise<void> {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [line, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers, ...length, '', ''];
  return expectBack(port, head.join('\r\n') + body, answer, patience);
}

/** The same for any text. */
export async function expectBack(port: number, text: string, answer: string, patience: number): Promise<void> {
  let last = '';
  for (let i = 0; i < TRIES; i += 1) {
    const begun = performance.now();
    last = await exchange(port, text, WITHIN_MS * patience * 2);
    if (last.includes(answer)) {
      const ms = performance.now() - begun;
      if (ms > WITHIN_MS * patience) throw new Error(`a right request took ${Math.round(ms)} ms: ${text}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`a right request was answered otherwise: ${text}\n${last.slice(0, 500)}`);
}

function exchange(port: number, text: string, mostMs: number): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => void socket.write(text));
    const timer = setTimeout(() => socket.destroy(), mostMs);
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('utf8');
      // One line is all that the simulated encoders say.
      if (answer.endsWith('\n')) socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
