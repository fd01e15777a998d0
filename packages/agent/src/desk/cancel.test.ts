import { BLANK, type CardContent, contentOf, type Nonce } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { NO_TIME } from '../encoder/index.ts';
import { keyedContent } from '../encoder/testing/one-card.ts';
import {
  createDeskWorld,
  type DeskWorld,
  ISSUED,
  OPERATION,
  OTHER_OPERATION,
  OTHER_SERIAL,
  SERIAL,
} from '../testing/desk-world.ts';

/** A world in which the agent has read the card of a cancel and asks for the grant. */
async function asking(options: Parameters<typeof createDeskWorld>[0] = {}) {
  const world = await createDeskWorld(options);
  await world.server.welcome();
  world.encoder.place(SERIAL);
  world.prompt();
  const present = await world.presented();
  return { ...world, present };
}

const outcomes = (world: DeskWorld) =>
  world
    .journal()
    .recordsAfter(0)
    .map(({ entry }) => (entry.type === 'write' ? 'write' : entry.outcome));
const recent = (world: DeskWorld) => world.desk().state().recent[0];

test('a granted cancel is journaled, carried out, read back, journaled and reported', async () => {
  const world = await asking();
  expect(world.present).toMatchObject({ operation: OPERATION, serial: SERIAL, content: ISSUED });
  world.grant(world.present);
  const { records } = await world.server.take('report');
  expect(records.map(({ entry }) => entry)).toEqual([
    { type: 'write', operation: OPERATION, nonce: world.present.nonce, serial: SERIAL, before: ISSUED, target: BLANK },
    { type: 'result', operation: OPERATION, nonce: world.present.nonce, outcome: 'succeeded' },
  ]);
  expect(world.content()).toBe(BLANK);
  expect(recent(world)).toMatchObject({ operation: OPERATION, outcome: 'succeeded', serial: SERIAL });
  expect(world.desk().state().encoders[0]).toMatchObject({ condition: 'idle', prompt: null, card: { serial: SERIAL } });
  expect(world.server.untaken()).toEqual([]);
});

test('the write is durable before the first byte, and the result before it is reported', async () => {
  const world = await asking();
  world.disk.syncMs = 100;
  world.grant(world.present);
  await world.clock.advance(99);
  expect(world.content()).toBe(ISSUED);
  expect(world.desk().state().encoders[0]).toMatchObject({ condition: 'writing' });
  await world.clock.advance(1);
  expect(world.content()).toBe(BLANK);
  expect(world.server.untaken()).toEqual([]);
  await world.clock.advance(100);
  await world.server.take('report');
});

test('no keys, contents or tokens are logged', async () => {
  const world = await asking();
  world.grant(world.present);
  await world.server.take('report');
  expect(world.log.join('\n')).toContain(OPERATION);
  for (const secret of ['00112233445566778899aabbccddeeff', 'ttttt', ISSUED.slice(8)]) {
    expect(world.log.join('\n')).not.toContain(secret);
  }
});

describe('a grant is not obeyed, nothing is written, and the server hears it', () => {
  const refused = async (world: Awaited<ReturnType<typeof asking>>) => {
    expect(await world.server.take('not-written')).toMatchObject({ nonce: world.present.nonce, operation: OPERATION });
    expect(world.content()).toBe(ISSUED);
    expect(outcomes(world)).toEqual([]);
    expect(world.journal().head().number).toBe(0);
  };

  test('when it comes 5 s after asking', async () => {
    const world = await asking();
    await world.clock.advance(5_000);
    world.grant(world.present);
    await refused(world);
  });

  test('when it comes after the agent gave up waiting', async () => {
    const world = await asking();
    await world.clock.advance(10_000);
    world.grant(world.present);
    await refused(world);
  });

  test('when it is for another content, serial or operation than was presented', async () => {
    for (const changes of [{ before: keyedContent(9) }, { serial: OTHER_SERIAL }, { operation: OTHER_OPERATION }]) {
      const world = await asking();
      world.grant(world.present, changes);
      expect(await world.server.take('not-written')).toMatchObject({ nonce: world.present.nonce });
      expect(world.content()).toBe(ISSUED);
      expect(outcomes(world)).toEqual([]);
    }
  });

  test('when it is for another nonce; the right one still counts', async () => {
    const world = await asking();
    const other = '00000000-0000-4000-8000-000000000009' as Nonce;
    world.grant({ ...world.present, nonce: other });
    expect(await world.server.take('not-written')).toMatchObject({ nonce: other });
    expect(outcomes(world)).toEqual([]);
    world.grant(world.present);
    await world.server.take('report');
    expect(outcomes(world)).toEqual(['write', 'succeeded']);
  });

  test('when the card was taken away and put back meanwhile', async () => {
    const world = await asking();
    world.encoder.remove();
    world.encoder.place(SERIAL);
    world.grant(world.present);
    await refused(world);
  });

  test('when another card lies there meanwhile', async () => {
    const world = await asking();
    world.encoder.place(OTHER_SERIAL);
    world.grant(world.present);
    await refused(world);
    expect(world.content(OTHER_SERIAL)).toBe(ISSUED);
  });

  test('when the operation was withdrawn meanwhile', async () => {
    const world = await asking();
    world.server.send({ type: 'withdraw', operation: OPERATION, cause: 'no-card', message: 'over' });
    world.grant(world.present);
    await refused(world);
    expect(recent(world)).toMatchObject({ outcome: 'withdrawn' });
  });

  test('when the person at the desk declined meanwhile', async () => {
    const world = await asking();
    expect(world.desk().decline(OPERATION)).toBe(true);
    expect(await world.server.take('decline')).toMatchObject({ operation: OPERATION });
    world.grant(world.present);
    await refused(world);
    expect(world.desk().decline(OPERATION)).toBe(false);
  });

  test('when the write cannot be journaled; then nothing is executed until a restart', async () => {
    const world = await asking();
    world.disk.before = (call) => {
      if (call === 'append') throw new Error('ENOSPC: no space left');
    };
    world.grant(world.present);
    await refused(world);
    world.disk.before = () => {};
    expect(await world.desk().whenFailed()).toContain('ENOSPC');
    expect(world.desk().state()).toMatchObject({ connection: { status: 'stopped' } });
    expect(world.desk().state().attention[0]).toMatchObject({
      cause: 'journal-broken',
      message: expect.stringContaining('start the agent again'),
    });
    await world.clock.advance(120_000);
    expect(world.server.isConnected()).toBe(false);

    await world.restart();
    await world.server.welcome();
    world.prompt({ operation: OTHER_OPERATION });
    world.grant(await world.presented());
    await world.server.take('report');
    expect(world.content()).toBe(BLANK);
  });
});

test('a grant that comes twice is obeyed once, and the second is not answered', async () => {
  const world = await asking();
  world.server.acknowledging = false;
  world.grant(world.present);
  world.grant(world.present);
  await world.server.take('report');
  world.grant(world.present);
  await world.clock.idle();
  expect(world.server.untaken()).toEqual([]);
  expect(outcomes(world)).toEqual(['write', 'succeeded']);
});

test('a grant whose time is over after a slow fsync is journaled as rejected, and nothing is written', async () => {
  const world = await asking();
  await world.clock.advance(3_000);
  world.disk.syncMs = 2_000;
  world.grant(world.present);
  await world.clock.advance(4_000);
  const { records } = await world.server.take('report');
  expect(records[1]?.entry).toMatchObject({ outcome: 'rejected', detail: expect.stringContaining('not begun') });
  expect(world.content()).toBe(ISSUED);
});

test('a card that is swapped during the fsync is not written', async () => {
  const world = await asking();
  world.disk.syncMs = 100;
  world.grant(world.present);
  await world.clock.advance(50);
  world.encoder.place(OTHER_SERIAL);
  await world.clock.advance(150);
  expect(outcomes(world)).toEqual(['write', 'rejected']);
  expect([world.content(), world.content(OTHER_SERIAL)]).toEqual([ISSUED, ISSUED]);
});

test.each([
  ['old', ISSUED],
  ['new', null],
] as const)(
  'a card that is torn away in the middle of the write (%s) leaves the outcome unknown',
  async (mode, left) => {
    const world = await asking();
    world.card().tear = { writes: 1, mode };
    world.grant(world.present);
    const { records } = await world.server.take('report');
    expect(records[1]?.entry).toMatchObject({ outcome: 'unknown', detail: 'the card was taken away' });
    if (left !== null) expect(world.content()).toBe(left);
    expect(world.encoder.card()).toBe(null);
  },
);

test('a card that does not confirm a block in the middle of the write is damaged', async () => {
  const world = await asking();
  // Wake, authenticate, read the trailer, one block; then the second block fails.
  world.encoder.fail('write-failed', 5);
  world.grant(world.present);
  await world.server.take('report');
  expect(outcomes(world)).toEqual(['write', 'damaged']);
  expect([ISSUED, BLANK]).not.toContain(world.content());
});

test('a card that refuses the write and is read back unchanged is rejected', async () => {
  const world = await asking();
  world.encoder.fail('write-failed', 4);
  world.grant(world.present);
  const { records } = await world.server.take('report');
  expect(records[1]?.entry).toMatchObject({ outcome: 'rejected', detail: 'the card did not confirm the write' });
  expect(world.content()).toBe(ISSUED);
});

test('a result that cannot be journaled leaves the nonce in progress, and the agent stops', async () => {
  const world = await asking();
  let appends = 0;
  world.disk.before = (call) => {
    if (call === 'append') appends += 1;
    if (appends === 2) throw new Error('EIO: i/o error');
  };
  world.grant(world.present);
  expect(await world.desk().whenFailed()).toContain('EIO');
  expect(world.server.heard().map(({ type }) => type)).not.toContain('not-written');
  expect(world.content()).toBe(BLANK);
  world.disk.before = () => {};
  await world.restart();
  const { catchUp } = await world.server.welcome();
  expect(catchUp.records.map(({ entry }) => entry.type)).toEqual(['write']);
  expect(catchUp.inProgress).toEqual([]);
});

test.each(['classic-1k', 'ultralight-ev1', 'ntag-213', 'ntag-215', 'ntag-216'] as const)(
  'an issue is written to a %s',
  async (chip) => {
    const blank = contentOf('factory', new Uint8Array(48));
    const world = await createDeskWorld({ chip, content: blank });
    await world.server.welcome();
    world.encoder.place(SERIAL);
    world.prompt({ kind: 'issue', serial: null });
    const present = await world.presented();
    expect(present.content).toBe(blank);
    world.grant(present, { target: ISSUED });
    await world.server.take('report');
    expect(outcomes(world)).toEqual(['write', 'succeeded']);
    expect(world.content()).toBe(ISSUED);
  },
);

test('a read ends with its content recorded, and writes nothing even when it is granted', async () => {
  const world = await createDeskWorld();
  await world.server.welcome();
  world.encoder.place(SERIAL);
  world.prompt({ kind: 'read', serial: null });
  const first = await world.presented();
  world.server.send({ type: 'recorded', nonce: first.nonce });
  await world.clock.idle();
  expect(recent(world)).toMatchObject({ outcome: 'read' });
  world.prompt({ kind: 'read', serial: null, operation: OTHER_OPERATION });
  world.grant(await world.presented());
  await world.server.take('not-written');
  expect(outcomes(world)).toEqual([]);
});

test('the card may lie there for the next operation, under a new nonce', async () => {
  const world = await asking();
  world.grant(world.present);
  await world.server.take('report');
  world.prompt({ operation: OTHER_OPERATION, kind: 'issue', serial: null });
  const next = await world.presented();
  expect(next).toMatchObject({ content: BLANK, operation: OTHER_OPERATION });
  expect(next.nonce).not.toBe(world.present.nonce);
  world.grant(next, { target: ISSUED as CardContent });
  await world.server.take('report');
  expect(outcomes(world)).toEqual(['write', 'succeeded', 'write', 'succeeded']);
});

test('a command that hangs is given up, and the encoder rests until it is over', async () => {
  const world = await createDeskWorld({ timing: { ...NO_TIME, writeMs: 25_000 } });
  await world.server.welcome();
  world.encoder.place(SERIAL);
  world.prompt();
  world.grant(await world.presented());
  await world.clock.advance(10_000);
  await world.server.take('report');
  expect(outcomes(world)).toEqual(['write', 'unknown']);
  expect(world.desk().state().encoders[0]).toMatchObject({ condition: 'hung' });
  expect(world.desk().state().attention).toHaveLength(1);
  world.prompt({ operation: OTHER_OPERATION });
  await world.clock.advance(10_000);
  expect(await world.server.take('unusable')).toMatchObject({ operation: OTHER_OPERATION, reason: 'encoder-hung' });
  expect(world.server.untaken()).toEqual([]);
  await world.clock.advance(5_000);
  expect((await world.server.take('open')).operation).toBe(OTHER_OPERATION);
  await world.clock.advance(0);
  expect(world.desk().state().encoders[0]).toMatchObject({ condition: 'working' });
});
