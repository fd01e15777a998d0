import { randomUUID } from 'node:crypto';
import type { AgentId, JournalId } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { STRANGERS } from './domain/limits.ts';
import { helloOf, type Stranger, serverForStrangers } from './testing/server-for-strangers.ts';
import { bytes, CLOSE, frame, MUCH, PING, PONG, REST, repeat, TEXT } from './testing/web-socket-frames.ts';

/** What whoever has proved nothing can take on the agents' way, on a real listener: bytes and time. */

const { clock, connections, stranger, answered, rightAgent, knownAgent, expectServed } = serverForStrangers();

describe('the bytes of a connection', () => {
  test.each<readonly [string, Buffer]>([
    ['of one frame that is much longer still', frame(TEXT, bytes(MUCH), { says: 16 * 1024 * 1024 })],
    ['of one frame that was sent in full', frame(TEXT, bytes(1024 * 1024))],
    [
      'of a message in many fragments',
      Buffer.concat([frame(TEXT, bytes(1), { end: false }), repeat(frame(REST, bytes(100), { end: false }))]),
    ],
    [
      'of empty fragments',
      Buffer.concat([frame(TEXT, bytes(0), { end: false }), repeat(frame(REST, bytes(0), { end: false }))]),
    ],
    ['of bytes where text is due', frame(2, bytes(MUCH))],
    ['of pings', repeat(frame(PING, bytes(125)))],
    ['of empty pings', repeat(frame(PING, bytes(0)))],
    ['of pongs that nobody asked for', repeat(frame(PONG, bytes(125)))],
    ['of whole messages that say nothing', repeat(frame(TEXT, Buffer.from('{"type":"ping"}')))],
    ['of a compressed frame', frame(TEXT, bytes(MUCH), { says: 16 * 1024 * 1024, reserved: 4 })],
    ['behind the end of it', Buffer.concat([frame(CLOSE, Buffer.from([0x03, 0xe8])), bytes(MUCH)])],
  ])('%s are bounded, and end it, while others are served', async (_, sent) => {
    const one = await answered();
    // All but the last, which might be the end of something: it is the number that ends the connection.
    one.socket.write(sent.subarray(0, -1));
    await expectServed('198.51.100.200');
    await expect.poll(one.isOver).toBe(true);
    await expect.poll(connections).toBe(0);
  });

  test('are bounded however slowly they come', async () => {
    const one = await answered();
    const head = frame(TEXT, bytes(0), { says: 16 * 1024 * 1024 });
    one.socket.write(head);
    for (let sent = head.length; sent <= STRANGERS.bytes && !one.isOver(); sent += 1_000) {
      one.socket.write(bytes(1_000));
      await new Promise(setImmediate);
    }
    await expect.poll(one.isOver).toBe(true);
    await expectServed('198.51.100.200');
  });

  test('are not kept: many connections that send much take little memory', async () => {
    const collect = await garbageCollector();
    const chunk = bytes(64 * 1024);
    const before = collect();
    for (let n = 0; n < 12; n += 1) {
      const one = await answered(`198.51.100.${n}`);
      one.socket.write(frame(TEXT, bytes(0), { says: 16 * 1024 * 1024 }));
      for (let part = 0; part < 100; part += 1) one.socket.write(chunk);
      await expect.poll(() => one.isOver() || one.socket.writableLength === 0).toBe(true);
    }
    // What was thrown away is freed a little later.
    await expect.poll(() => collect() - before).toBeLessThan(10 * 1024 * 1024);
  });

  test('end it also when they come with the request', async () => {
    const one = await stranger(undefined, frame(TEXT, bytes(60_000), { says: 16 * 1024 * 1024 }));
    await expect.poll(one.isOver).toBe(true);
  });

  test('of a right agent may be many more, once it has proved itself', async () => {
    const { socket, welcomed, heard } = await rightAgent('198.51.100.1');
    await welcomed;
    socket.send(`{"type":"ping"}${' '.repeat(1024 * 1024)}`);
    socket.send('{"type":"sign-out","request":7}');
    await expect.poll(() => heard).toContainEqual(expect.objectContaining({ type: 'signed-in', request: 7 }));
    socket.terminate();
  });
});

describe('the time of a connection', () => {
  const HELLO_PARTS = frame(
    TEXT,
    Buffer.from(JSON.stringify(helloOf(randomUUID() as AgentId, randomUUID() as JournalId))),
  );
  test.each<readonly [string, (one: Stranger, second: number) => unknown]>([
    ['says nothing', () => {}],
    ['says hello byte by byte', ({ socket }, second) => socket.write(HELLO_PARTS.subarray(second, second + 1))],
    ['sends ping after ping', ({ socket }) => socket.write(frame(PING, bytes(0)))],
    ['says "ping" again and again', ({ socket }) => socket.write(frame(TEXT, Buffer.from('{"type":"ping"}')))],
  ])('whose client %s is bounded', async (_, each) => {
    const one = await answered();
    for (let second = 0; second < STRANGERS.proofMs / 1_000 - 1; second += 1) {
      each(one, second);
      await clock.advance(1_000);
    }
    expect(one.isOver()).toBe(false);
    await expectServed('198.51.100.200');
    await clock.advance(4_000);
    await expect.poll(one.isOver).toBe(true);
    expect(one.received()).toContain('"late"');
    await expect.poll(connections).toBe(0);
  });

  test('of a right agent whose long message comes slowly goes on, until it is there', async () => {
    const { id, journal } = await knownAgent();
    const one = await answered();
    const say = (message: object) => one.socket.write(frame(TEXT, Buffer.from(JSON.stringify(message))));
    say(helloOf(id, journal));
    await expect.poll(one.received).toContain('"cursor"');
    say({ type: 'catch-up', records: [], inProgress: [] });
    await expect.poll(one.received).toContain('"welcome"');
    const message = frame(TEXT, Buffer.from(`${' '.repeat(50)}{"type":"sign-out","request":8}`));
    const bytesRead = one.bytesRead();
    for (const [sent, byte] of message.entries()) {
      one.socket.write(Buffer.from([byte]));
      await expect.poll(one.bytesRead, { interval: 1 }).toBe(bytesRead + sent + 1);
      await clock.advance(1_000);
    }
    await expect.poll(one.received).toContain('"request":8');
  });

  test.each([
    ['without a reason', Buffer.alloc(0)],
    ['with a code', Buffer.from([0x03, 0xe8])],
  ])('that its client ended %s, by a frame alone, is bounded', async (_, reason) => {
    const one = await answered();
    one.socket.write(frame(CLOSE, reason));
    await expect.poll(one.isOver).toBe(true);
    await expect.poll(connections).toBe(0);
  });

  test('that was refused is bounded, whatever its client does then', async () => {
    const one = await answered();
    one.socket.write(frame(TEXT, Buffer.from('no JSON')));
    const more = setInterval(() => one.socket.write(frame(TEXT, Buffer.from('{"type":"ping"}'))), 20);
    await expect.poll(connections).toBe(0);
    clearInterval(more);
    expect(one.received()).toContain('"bad-message"');
  });
});

/** Bytes outside the heap after a collection. */
async function garbageCollector(): Promise<() => number> {
  const [{ setFlagsFromString }, { runInNewContext }] = await Promise.all([import('node:v8'), import('node:vm')]);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
}
