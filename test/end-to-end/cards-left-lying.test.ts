import { join } from 'node:path';
import { controlClient } from '@keyrack/agent';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { describe, expect, it, vi } from 'vitest';
import { storedRows } from '../world/database.ts';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { command } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/**
 * What somebody finds who runs the demonstration, sends its requests and moves its cards with `keyrack sim`: each answer
 * is of the card that lies there now, and each key is a card of its own.
 */

// Programs are started one after the other, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

const ENCODER = PUBLISHED.encoder;
const A = PUBLISHED.serial;
const B = serialOf('8F42E9D3');
const C = serialOf('0418D59198CC87');

async function openDemo() {
  const data = keyrackFolder();
  const waits = { KEYRACK_CARD_WAIT_SECONDS: '30', KEYRACK_ANSWER_WAIT_SECONDS: '40' };
  const demo = keyrack(['demo'], { PORT: '0', PAGE_PORT: 'off', KEYRACK_DATA: data, ...waits });
  const [, url = ''] = /Address +(http:\S+)/.exec(await demo.says('Ctrl-C stops it.')) ?? [];
  const sim = async (...args: string[]) => {
    const { code, err } = await keyrack(['sim', '--data', join(data, 'agent'), ...args], {}).ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  };
  return {
    ask: async (...asked: Parameters<typeof command> extends [string, ...infer Rest] ? Rest : never) =>
      JSON.parse((await command(url, ...asked)).body),
    operations: () => storedRows(data, 'operations'),
    sim,
    hands: controlClient(join(data, 'agent')),
  };
}

describe('the demonstration', () => {
  it('reads the card that lies there now, though an impatient caller’s reading saw another one', async () => {
    const { ask, operations, sim } = await openDemo();
    await sim('remove', '--encoder', ENCODER);
    await expect(ask('readCard', {}, AbortSignal.timeout(1_500))).rejects.toThrow();
    await sim('place', A, '--encoder', ENCODER);
    await until('card A is read', () => operations()[0]?.state === 'succeeded');
    await sim('remove', '--encoder', ENCODER);
    await sim('place', B, '--encoder', ENCODER);
    for (let i = 0; i < 2; i += 1) expect(await ask('readCard')).toMatchObject({ status: 200, data: { serialNum: B } });
  });

  it('makes a couple’s two keys of two cards, and takes neither of them again while it lies there', async () => {
    const { ask, operations, hands } = await openDemo();
    await hands.remove(ENCODER);
    await hands.place(B, { encoder: ENCODER });
    expect(await ask('makeRoomCard')).toMatchObject({ status: 200, data: { serialNum: B } });
    const second = ask('makeRoomCard');
    await until('it has seen the card that lies there', () => operations()[1]?.cause === 'card-already-issued');
    await hands.remove(ENCODER);
    await hands.place(C, { encoder: ENCODER });
    expect(await second).toMatchObject({ status: 200, data: { serialNum: C } });
    const hungUp = new AbortController();
    const third = ask('makeRoomCard', {}, hungUp.signal).catch(() => null);
    await until('it has seen that card too', () => operations()[2]?.cause === 'card-already-issued');
    hungUp.abort();
    await third;
  });
});
