import { describe, expect, test } from 'vitest';
import { AGENT, CARD, MAC, OTHER_AGENT } from '../transactions/testing/hotel.ts';
import { NEXT, OP, open, SOON_MS, sayNothing, silenceMs } from './testing/disputed-encoder.ts';

test('an encoder that is carried over goes on at once where its first desk noticed first', async () => {
  const world = await open();
  const first = await world.connect(AGENT);
  await world.ask();
  first.tellEncoders([]);
  const second = await world.connect(OTHER_AGENT);
  await expect.poll(() => second.prompted()).toEqual([OP]);
});

describe('the card that the first desk issued last, and that a desk which gets the encoder told to be lifted before it had it', () => {
  const unlifted = [{ operation: NEXT, serial: CARD }];
  const openIssued = async () => {
    const world = await open();
    const first = await world.connect(AGENT);
    const row = await world.encoder();
    if (row === undefined) throw new Error('the encoder is not known');
    await world.run()('putRows', { rows: [{ table: 'encoders', row: { ...row, unlifted } }], onlyIfEmpty: false });
    first.breakOff();
    return world;
  };

  test.each([
    ['once it was there', []],
    ['as it came', [MAC]],
  ])('may be written again: told %s', async (_, lifted) => {
    const world = await openIssued();
    const second = await world.connect(OTHER_AGENT, [MAC], lifted);
    if (lifted.length === 0) second.say({ type: 'lifted', encoder: MAC });
    await world.clock.advance(SOON_MS);
    expect(await world.encoder()).toMatchObject({ agentId: AGENT, unlifted });
    await sayNothing(world, silenceMs + SOON_MS, second);
    expect(await world.encoder()).toMatchObject({ agentId: OTHER_AGENT, unlifted: [] });
  });

  test('may not, where it told so of an earlier time that it had one', async () => {
    const world = await openIssued();
    const second = await world.connect(OTHER_AGENT, [MAC], [MAC]);
    second.tellEncoders([]);
    second.tellEncoders([MAC]);
    await sayNothing(world, silenceMs + SOON_MS, second);
    expect(await world.encoder()).toMatchObject({ agentId: OTHER_AGENT, unlifted });
  });
});
