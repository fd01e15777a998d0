import { AGENT_PROTOCOL } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { STRANGERS } from './domain/limits.ts';
import { PLACES, type Stranger, serverForStrangers } from './testing/server-for-strangers.ts';
import { bytes, frame, MUCH, TEXT } from './testing/web-socket-frames.ts';

/** How many connections that have proved nothing the agents' way has places for, by source and in all. */

const { clock, lines, connections, stranger, answered, rightAgent, expectServed } = serverForStrangers();

describe('the places for connections that have proved nothing', () => {
  const many = (count: number, source: string) => Promise.all(Array.from({ length: count }, () => stranger(source)));
  const count = (those: readonly Stranger[], what: (one: Stranger) => boolean) => those.filter(what).length;
  const isRefused = (one: Stranger) => one.received().startsWith('HTTP/1.1 503');

  test('are shared by source; beyond its share a source waits, and beyond that it is told to come again', async () => {
    const those = await many(10, '203.0.113.1');
    await expect.poll(() => count(those, isRefused)).toBe(3);
    expect(count(those, (one) => one.isAnswered())).toBe(PLACES.perSource);
    expect(those.find(isRefused)?.received()).toMatch(
      new RegExp(`Retry-After: 5[\\s\\S]*"keyrack":\\{"protocol":${AGENT_PROTOCOL},`),
    );
    await expectServed('203.0.113.2');
    // One goes, and the next has its turn.
    those.find((one) => one.isAnswered())?.socket.destroy();
    await expect.poll(() => count(those, (one) => one.isAnswered())).toBe(PLACES.perSource + 1);
    await clock.advance(STRANGERS.connections.waitMs);
    await expect.poll(() => count(those, isRefused)).toBe(6);
  });

  test('are one share for a whole network of IPv6', async () => {
    const those = await Promise.all(Array.from({ length: 10 }, (_, n) => stranger(`2001:db8:1:2::${n}`)));
    await expect.poll(() => count(those, isRefused)).toBe(3);
    await expectServed('2001:db8:1:3::1');
  });

  test('are free again with a proof, so that any number of right agents comes through one address', async () => {
    for (let n = 0; n < 4 * PLACES.perSource; n += 1) await (await rightAgent('203.0.113.1')).welcomed;
  });

  test('come to right agents that wait behind others, as those prove themselves', async () => {
    const most = PLACES.perSource + PLACES.waitingPerSource;
    const all = await Promise.all(Array.from({ length: most }, () => rightAgent('203.0.113.1')));
    await Promise.all(all.map(({ welcomed }) => welcomed));
  });

  test('of all together don’t keep out who comes from elsewhere: the loudest source gives way', async () => {
    const loud = [...(await many(3, '203.0.113.1')), ...(await many(3, '203.0.113.2'))];
    await expect.poll(() => count(loud, (one) => one.isAnswered())).toBe(PLACES.overall);
    await expectServed('203.0.113.3');
    await expect.poll(() => count(loud, (one) => one.received().includes('"no-room"'))).toBe(1);
  });

  test('that wait are free at once when their client goes, or says something', async () => {
    const [, , , waits, speaks, halfCloses, stays] = await many(7, '203.0.113.1');
    waits?.socket.resetAndDestroy();
    speaks?.socket.write('hello?');
    halfCloses?.socket.end();
    await expect.poll(connections).toBe(4);
    expect(stays?.isOver()).toBe(false);
    const next = await many(3, '203.0.113.1');
    await clock.advance(STRANGERS.connections.waitMs - 1);
    expect(count(next, isRefused)).toBe(0);
  });

  test('of strangers at the proxy’s own address are one share too', async () => {
    const those = await many(10, '');
    await expect.poll(() => count(those, isRefused)).toBe(3);
  });
});

test('what is refused here leaves a line with its address', async () => {
  const one = await answered('192.0.2.77');
  one.socket.write(frame(TEXT, bytes(MUCH), { says: 1024 * 1024 }));
  const ofOne = () => lines.filter(({ source }) => source === '192.0.2.77');
  await expect.poll(ofOne).toHaveLength(1);
  expect(ofOne()[0]).toMatchObject({ level: 40, ending: 'too-much' });
});
