import { BLANK, type JournalPosition, journalStart } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { createDeskWorld, type DeskWorld, ISSUED, OPERATION, OTHER_OPERATION, SERIAL } from '../testing/desk-world.ts';

/** A world in which the agent asks for a grant. */
async function asking() {
  const world = await createDeskWorld();
  await world.server.welcome();
  world.encoder.place(SERIAL);
  world.prompt();
  return { ...world, present: await world.presented() };
}

/** Lets the agent connect again after its connection was lost. */
async function again(world: DeskWorld): Promise<void> {
  await world.clock.advance(30_000);
}

/** The server knows more of the journal than there is, and can't go on from it. */
async function tellToReplace({ server, clock }: DeskWorld): Promise<void> {
  await server.take('hello');
  server.send({ type: 'cursor', session: 2, position: { number: 9, hash: 'f'.repeat(64) } });
  expect(await server.take('catch-up')).toMatchObject({ records: [] });
  server.send({ type: 'replace-journal' });
  await clock.idle();
}

const entries = (records: readonly { entry: { type: string } }[]) => records.map(({ entry }) => entry.type);

test('hello names the instance, the journal and the last acknowledged position', async () => {
  const world = await asking();
  const first = world.journal().id();
  world.grant(world.present);
  await world.server.take('report');
  await world.clock.idle();
  world.server.cut();
  await again(world);
  const { hello, catchUp } = await world.server.welcome();
  expect(hello).toMatchObject({ journal: { id: first, head: world.journal().head() }, acknowledged: { number: 2 } });
  expect(catchUp).toMatchObject({ records: [], inProgress: [] });
  await world.restart();
  const next = await world.server.welcome();
  expect(next.hello.instance).not.toBe(hello.instance);
  expect(next.hello.journal).toEqual(hello.journal);
  // A process that was killed has kept it now and then, and tells no more than the server has.
  expect(next.hello.acknowledged?.number ?? 0).toBeLessThanOrEqual(2);
});

test('a connection that is lost while asking makes the nonce dead, and the prompt is forgotten', async () => {
  const world = await asking();
  world.server.cut();
  await again(world);
  const { catchUp } = await world.server.welcome();
  expect(catchUp).toMatchObject({ records: [], inProgress: [] });
  world.grant(world.present);
  expect(await world.server.take('not-written')).toMatchObject({ nonce: world.present.nonce });
  await world.clock.advance(20_000);
  expect(world.server.untaken()).toEqual([]);
  expect(world.content()).toBe(ISSUED);
  world.prompt();
  expect((await world.server.take('open')).nonce).not.toBe(world.present.nonce);
});

test('a write that is being carried out at the reconnect is in progress, and its result is reported afterwards', async () => {
  const world = await asking();
  world.disk.syncMs = 40_000;
  world.grant(world.present);
  await world.clock.idle();
  world.server.cut();
  await again(world);
  const { catchUp } = await world.server.welcome();
  expect(catchUp).toMatchObject({ records: [], inProgress: [{ nonce: world.present.nonce, operation: OPERATION }] });
  world.disk.syncMs = 0;
  await world.clock.advance(10_000);
  const { records } = await world.server.take('report');
  expect(records.map(({ entry }) => entry)).toMatchObject([{ type: 'write' }, { type: 'result', outcome: 'rejected' }]);
});

test('a result that was journaled without a connection is in the catch-up', async () => {
  const world = await asking();
  world.disk.syncMs = 10;
  world.server.reachable = false;
  world.grant(world.present);
  await world.clock.idle();
  world.server.cut();
  await world.clock.advance(5_000);
  world.server.reachable = true;
  await again(world);
  const { catchUp } = await world.server.welcome();
  expect(entries(catchUp.records)).toEqual(['write', 'result']);
  expect(catchUp.inProgress).toEqual([]);
  expect(world.content()).toBe(BLANK);
  await world.clock.advance(1_000);
  expect(world.server.untaken()).toEqual([]);
});

test('killed before the write is durable: nothing is known of it', async () => {
  const world = await asking();
  world.disk.syncMs = 10;
  world.grant(world.present);
  await world.clock.advance(5);
  world.disk.syncMs = 0;
  await world.restart();
  const { catchUp } = await world.server.welcome();
  expect(catchUp).toMatchObject({ records: [], inProgress: [] });
  expect(world.content()).toBe(ISSUED);
});

test('killed before the result is durable: the write alone is told, and nothing is written again', async () => {
  const world = await asking();
  world.grant(world.present);
  world.disk.before = (call) => {
    if (call === 'append' && world.journal().head().number === 1) world.disk.syncMs = 10;
  };
  await world.clock.idle();
  expect(world.content()).toBe(BLANK);
  world.disk.before = () => {};
  world.disk.syncMs = 0;
  await world.restart();
  const { catchUp } = await world.server.welcome();
  expect(entries(catchUp.records)).toEqual(['write']);
  expect(catchUp.inProgress).toEqual([]);
  await world.clock.advance(60_000);
  expect(world.server.untaken()).toEqual([]);
});

test('one report is under way at a time, and the next begins behind what was acknowledged', async () => {
  const world = await asking();
  world.server.acknowledging = false;
  const start = world.server.cursor as JournalPosition;
  world.grant(world.present);
  const first = await world.server.take('report');
  expect(first.records).toHaveLength(2);
  world.prompt({ operation: OTHER_OPERATION, kind: 'issue', serial: null });
  world.grant(await world.presented(), { target: ISSUED });
  await world.clock.idle();
  expect(world.server.untaken()).toEqual([]);
  // As a server does whose cursor waits for another result.
  world.server.send({ type: 'acknowledge', position: start });
  const second = await world.server.take('report');
  expect(second.records.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  world.server.send({ type: 'acknowledge', position: world.journal().head() });
  await world.clock.advance(30_000);
  expect(world.server.untaken()).toEqual([]);
  expect(world.journal().acknowledged()).toEqual(world.journal().head());
});

test('a report that is not acknowledged is told again on another connection', async () => {
  const world = await asking();
  world.server.acknowledging = false;
  world.grant(world.present);
  await world.server.take('report');
  await world.clock.advance(25_000);
  expect(world.log.at(-1)).toContain('not acknowledged in time');
  await world.clock.advance(600);
  const { catchUp } = await world.server.welcome();
  expect(entries(catchUp.records)).toEqual(['write', 'result']);
});

test('an acknowledgement of what is not in the journal ends the connection', async () => {
  const world = await asking();
  world.server.send({ type: 'acknowledge', position: { number: 7, hash: 'f'.repeat(64) } });
  await world.clock.idle();
  expect(world.server.isConnected()).toBe(false);
});

test('a journal that the server does not know is set aside, and the agent comes back with a new one', async () => {
  const world = await asking();
  world.grant(world.present);
  await world.server.take('report');
  await world.clock.idle();
  const old = world.journal().id();
  world.server.cut();
  await again(world);
  await tellToReplace(world);
  await again(world);
  world.server.cursor = null;
  const { hello, catchUp } = await world.server.welcome();
  expect(hello.journal.id).not.toBe(old);
  expect(hello).toMatchObject({ acknowledged: null, journal: { head: journalStart(hello.journal.id) } });
  expect(catchUp.records).toEqual([]);
  expect(world.disk.files().filter((file) => file.startsWith(old))).toHaveLength(1);
  expect(world.desk().state().attention).toHaveLength(1);
});

test('a connection that is lost while the journal is set aside is followed by one with the new journal alone', async () => {
  const world = await asking();
  const old = world.journal().id();
  world.server.cut();
  await again(world);
  world.disk.syncMs = 120_000;
  await tellToReplace(world);
  const connections = world.server.connections();
  world.server.cut();
  await world.clock.advance(90_000);
  expect(world.server.connections()).toBe(connections);
  world.disk.syncMs = 0;
  await world.clock.advance(200_000);
  const { hello } = await world.server.welcome();
  expect(hello.journal.id).not.toBe(old);
});

test('an encoder that is plugged in while the agent connects is told of once it is welcome', async () => {
  const world = await createDeskWorld();
  await world.desk().setEncoders([]);
  world.server.cut();
  await again(world);
  const { encoders } = await world.server.take('hello');
  expect(encoders).toEqual([]);
  await world.desk().setEncoders([{ encoder: world.encoder, forSignedIn: true }]);
  world.server.send({ type: 'cursor', session: 2, position: world.journal().head() });
  await world.server.take('catch-up');
  world.server.send({ type: 'welcome', session: 2, signedIn: null });
  expect((await world.server.take('encoders')).encoders).toMatchObject([{ mac: world.encoder.mac, forSignedIn: true }]);
});

test('a server that was restored is told everything behind its older cursor', async () => {
  const world = await asking();
  world.grant(world.present);
  await world.server.take('report');
  await world.clock.idle();
  world.server.cursor = journalStart(world.journal().id());
  world.server.cut();
  await again(world);
  const { hello, catchUp } = await world.server.welcome();
  expect(hello.acknowledged?.number).toBe(2);
  expect(entries(catchUp.records)).toEqual(['write', 'result']);
});

test('an open catch-up is sent even from a position that is not in the journal: the server decides', async () => {
  const world = await asking();
  world.grant(world.present);
  await world.server.take('report');
  world.server.cut();
  await again(world);
  await world.server.take('hello');
  world.server.send({ type: 'cursor', session: 2, position: { number: 1, hash: 'f'.repeat(64) } });
  expect((await world.server.take('catch-up')).records.map(({ number }) => number)).toEqual([2]);
  expect(world.log.join('\n')).toContain("the server's position is not in this journal");
});

test('two runs of one seed are the same', async () => {
  const run = async (seed: string) => {
    const world = await createDeskWorld({ seed });
    await world.server.welcome();
    world.encoder.place(SERIAL);
    world.prompt();
    world.grant(await world.presented());
    await world.server.take('report');
    world.server.cut();
    await world.clock.advance(30_000);
    await world.server.welcome();
    return [world.log, world.disk.files().map((file) => Buffer.from(world.disk.bytes(file)).toString())];
  };
  expect(await run('one')).toEqual(await run('one'));
  expect(await run('one')).not.toEqual(await run('two'));
});
