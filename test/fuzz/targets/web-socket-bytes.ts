import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { journalStart } from '@keyrack/protocol';
import type { Chance } from '../../faults/chance.ts';
import { mutateBytes, mutateText, type Pool } from '../mutate.ts';
import { startRealServer, throwLogged } from '../real-server.ts';
import type { Target } from '../target.ts';

const UPGRADE = [
  'GET /agent HTTP/1.1',
  'Host: keyrack.example',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  '',
  '',
].join('\r\n');

const TEXTS = [
  '{"type":"ping"}',
  '{"type":"activity"}',
  '{"type":"catch-up","records":[],"inProgress":[]}',
  '{"type":"encoders","encoders":[{"mac":"7C778A6C7D9C","name":"x","forSignedIn":false}]}',
  '{"type":"sign-out","request":1}',
  '{"type":"decline","operation":"01900000-0000-7000-8000-000000000001"}',
] as const;

/** How often the server is asked whether it still answers. Inputs. */
const PROBE_EVERY = 8;
/** An answer that isn't there after this never comes. Milliseconds. */
const ANSWER_MS = 10_000;
/** How long the server gets to read a frame before the connection is looked at. Milliseconds. */
const READ_MS = 2;

/** Frames on real connections, of an agent that has said hello and of one that hasn't. */
export async function webSocketBytes(pool: Pool): Promise<Target> {
  const server = await startRealServer('demo');
  const { desk } = server;
  if (desk === null) throw new Error('the demonstration has no desk');
  let socket: Socket | null = null;
  let fed = 0;

  const open = async (greet: boolean): Promise<Socket> => {
    const opened = connect(server.port, '127.0.0.1');
    opened.on('error', () => {});
    opened.write(UPGRADE);
    await Promise.race([once(opened, 'data').catch(() => undefined), once(opened, 'close')]);
    opened.on('data', () => {});
    if (!greet) return opened;
    const journal = randomUUID() as Parameters<typeof journalStart>[0];
    const hello = {
      type: 'hello',
      protocol: 1,
      agent: desk.agentId,
      proof: { by: 'token', token: desk.token },
      instance: randomUUID(),
      software: 'fuzz',
      journal: { id: journal, head: journalStart(journal) },
      acknowledged: null,
      encoders: desk.encoders,
    };
    opened.write(frame(1, Buffer.from(JSON.stringify(hello))));
    opened.write(frame(1, Buffer.from(TEXTS[2])));
    await Promise.race([once(opened, 'data'), once(opened, 'close')]);
    return opened;
  };

  return {
    name: 'web sockets',
    share: 1.6,
    lanes: 1,
    next(chance) {
      const bytes = makeFrames(chance, pool);
      const greet = chance.one(0.5);
      const breaks = chance.one(0.03);
      return {
        shown: bytes,
        async feed() {
          if (socket === null || socket.destroyed || !socket.writable) socket = await open(greet);
          socket.write(bytes);
          await new Promise((resolve) => setTimeout(resolve, READ_MS));
          if (breaks) socket.resetAndDestroy();
          throwLogged(server);
          fed += 1;
          if (fed % PROBE_EVERY !== 0) return { ms: 0 };
          return { ms: await expectReady(server.port) };
        },
      };
    },
    async close() {
      socket?.destroy();
      await server.close();
    },
  };
}

/** How long the server takes to say that it is ready, in milliseconds. Throws where it doesn't. */
async function expectReady(port: number): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const text = await answer.text();
  if (text !== '{"ready":true}') throw new Error(`the server is not ready any more: ${answer.status} ${text}`);
  return performance.now() - begun;
}

function makeFrames(chance: Chance, pool: Pool): Uint8Array {
  const text = chance.one(0.3) ? chance.of(TEXTS) : mutateText(chance, pool, chance.of(TEXTS), TEXTS);
  const payload = chance.one(0.8) ? Buffer.from(text) : Buffer.from(chance.of(pool.bytes));
  switch (chance.whole(0, 9)) {
    case 0:
      // In fragments, with something between them that is allowed there, or not.
      return Buffer.concat([
        frame(1, payload.subarray(0, 5), { end: false }),
        frame(chance.of([0, 1, 8, 9, 10]), payload.subarray(5, 9), { end: chance.one(0.5) }),
        frame(0, payload.subarray(9)),
      ]);
    case 1:
      return frame(chance.whole(0, 15), payload, { reserved: chance.whole(0, 7) });
    case 2:
      return frame(1, payload, { masked: false });
    case 3:
      // Says that it is longer than anything, or longer than it is.
      return frame(1, payload, {
        length: chance.of([2n ** 63n, 2n ** 53n, 2n ** 32n, 16n * 1024n ** 2n + 1n, 70_000n]),
      });
    case 4:
      return frame(8, Buffer.from([chance.whole(0, 255), chance.whole(0, 255), ...payload.subarray(0, 130)]));
    case 5:
      return frame(chance.of([9, 10]), payload);
    case 6:
      return mutateBytes(chance, pool, frame(1, payload));
    default:
      return frame(1, payload);
  }
}

/** One frame (RFC 6455, 5.2), right unless told otherwise. */
function frame(
  opcode: number,
  payload: Uint8Array,
  {
    end = true,
    reserved = 0,
    masked = true,
    length = BigInt(payload.length),
  }: { end?: boolean; reserved?: number; masked?: boolean; length?: bigint } = {},
): Buffer {
  const head = Buffer.alloc(10);
  head[0] = (end ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = masked ? 0x80 : 0;
  let headLength = 2;
  if (length < 126n) head[1] = mask | Number(length);
  else if (length < 65_536n) {
    head[1] = mask | 126;
    head.writeUInt16BE(Number(length), 2);
    headLength = 4;
  } else {
    head[1] = mask | 127;
    head.writeBigUInt64BE(length, 2);
    headLength = 10;
  }
  if (!masked) return Buffer.concat([head.subarray(0, headLength), payload]);
  const key = randomBytes(4);
  const body = Buffer.from(payload.map((byte, i) => byte ^ (key[i % 4] ?? 0)));
  return Buffer.concat([head.subarray(0, headLength), key, body]);
}
