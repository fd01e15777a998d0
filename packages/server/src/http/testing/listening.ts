import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import { OPERATION, PUBLISHED_FORM } from '../../roomcard/testing/scripted-card-requests.ts';
import { httpWorld } from './http-world.ts';

/** Short enough for a test to wait for each. */
export const LIMITS = { headersMs: 150, requestMs: 300, checkMs: 25, keepAliveMs: 100 };
/** Everything of a right cancel before its body, `PUBLISHED_FORM`. */
export const HEAD = [
  'POST /Home/Qrm/cancelCard HTTP/1.1',
  'Host: keyrack.example',
  'Content-Type: application/x-www-form-urlencoded',
  `Content-Length: ${PUBLISHED_FORM.length}`,
  '',
  '',
].join('\r\n');

/** Limits that no test of theirs reaches. */
export const KEEPS_OPEN = { ...LIMITS, headersMs: 5_000, requestMs: 5_000, keepAliveMs: 5_000 };
export const PROBE = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';

/** What a test has opened: closed after it, the newest first. */
export const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server on a port of its own, with its connections seen from both ends. */
export async function listening(...given: Parameters<typeof httpWorld>) {
  const world = httpWorld(given[0], { limits: LIMITS, ...given[1] });
  closers.push(() => world.app.close());
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = world.app.server.address() as AddressInfo;
  const accepted: Socket[] = [];
  world.app.server.on('connection', (socket: Socket) => accepted.push(socket));
  return {
    ...world,
    /** The server's ends of the connections, as they came. */
    accepted,
    connections: () =>
      new Promise<number>((resolve, reject) =>
        world.app.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
    async open(): Promise<Socket> {
      const socket = connect(port, '127.0.0.1').setEncoding('latin1');
      socket.on('error', () => {});
      closers.push(async () => socket.destroy());
      await once(socket, 'connect');
      return socket;
    },
  };
}

/** Everything that is received until the connection closes. */
export async function received(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  if (!socket.closed) await once(socket, 'close');
  return text;
}

/** A script whose one answer is given when the test says so. */
export function waitingCardRequests() {
  let answerNow = () => {};
  let signal: AbortSignal | undefined;
  let asked = () => {};
  const wasAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  return {
    wasAsked,
    answerNow: () => answerNow(),
    signal: () => signal as AbortSignal,
    script: {
      answer: (_request: unknown, hungUp: AbortSignal) => {
        signal = hungUp;
        asked();
        return new Promise<{ outcome: 'succeeded'; operation: typeof OPERATION; repeat: boolean }>((resolve) => {
          answerNow = () => resolve({ outcome: 'succeeded', operation: OPERATION, repeat: false });
        });
      },
    },
  };
}
