import { factoryCard } from '@keyrack/agent';
import { BLANK, chip, type SandboxFailure, sandboxFailure, unusableReason } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { CAUSES } from '@keyrack/server/domain/causes.ts';
import { BROUGHT_ABOUT, SANDBOX_FAILURES } from '@keyrack/server/domain/sandbox-failures.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { createDocumentCheck } from '@keyrack/server/testing/document-check.ts';
import { apiKeyRow } from '@keyrack/server/testing/rest-world.ts';
import { describe, expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import type { FrontDesk } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/** A front desk with simulated encoders, driven over /v1 as an integrator does, while operations are asked for there. */

const world = propertyForEachTest({ cardWaitSeconds: 1.2, answerWaitSeconds: 2.4 });
const TOKEN = drawToken();
const ISSUED = PUBLISHED.serial;
const BESIDE = serialOf('8F42E9D3');
const check = createDocumentCheck();

const addKey = (facts: object = {}) =>
  world.property.put(
    apiKeyRow(TOKEN, { scopes: ['cards', 'sandbox'], properties: [world.template.hotel.property.id], ...facts }),
  );

async function send(method: string, path: string, json?: object, headers: Record<string, string> = {}) {
  const target = `/v1/properties/${PUBLISHED.propertyNumber}${path}`;
  const response = await fetch(`${world.property.url}${target}`, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const { status } = response;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what it expects.
  const body = (await response.json()) as any;
  check({ method, target, sent: json, status, contentType: response.headers.get('content-type'), received: body });
  return { status, body };
}
const encoderId = () => world.property.rows('encoders').find(({ mac }) => mac === PUBLISHED.encoder)?.id as number;
const sandbox = (method: string, tail = '', json?: object, headers?: Record<string, string>) =>
  send(method, `/encoders/${encoderId()}/sandbox${tail}`, json, headers);
const lay = (serial: string) => sandbox('PUT', '/card', { serial });
const ask = (what: object, headers: Record<string, string> = { prefer: 'wait=20' }) =>
  send('POST', '/operations', { encoder: encoderId(), ...what }, headers);
const roomId = () => world.property.rows('rooms').find(({ lockType }) => lockType === 'RFLOCK-V9')?.id as string;
const issue = () => ({
  kind: 'issue',
  mode: 'new',
  room: roomId(),
  validUntil: new Date(Date.now() + 86_400_000).toISOString(),
});

test('an integrator makes a card, lays it down, has it issued, read and cancelled, and takes it away', async () => {
  const desk = await world.openWithoutCard({ cardWaitSeconds: 3, answerWaitSeconds: 5 });
  await addKey();
  expect((await sandbox('GET')).body).toEqual({ card: null, failure: null });
  const made = await sandbox('POST', '/cards', { chip: 'ntag-213' });
  expect(made).toMatchObject({ status: 201, body: { chip: 'ntag-213' } });
  const { serial } = made.body;
  expect((await lay(serial)).body).toEqual({ card: made.body, failure: null });
  expect((await sandbox('GET', '/cards')).body.cards).toContainEqual({ ...made.body, isHere: true });
  expect((await ask(issue())).body).toMatchObject({ state: 'succeeded', serial });
  expect((await ask({ kind: 'read' })).body).toMatchObject({ state: 'succeeded', reading: { state: 'active' } });
  expect((await ask({ kind: 'cancel', serial })).body).toMatchObject({ state: 'succeeded' });
  expect(desk.contentOf(serial)).toBe(BLANK);
  expect((await sandbox('DELETE', '/card')).body).toEqual({ card: null, failure: null });
  expect((await ask({ kind: 'read' })).body).toMatchObject({ state: 'expired', cause: 'no-card' });
});

test('a card that is laid down reaches the operation that waits for it', async () => {
  await world.openWithoutCard({ cardWaitSeconds: 20, answerWaitSeconds: 25 });
  await addKey();
  const asked = ask({ kind: 'read' }, { prefer: 'wait=20' });
  await world.waiting(1);
  await lay(ISSUED);
  expect((await asked).body).toMatchObject({ state: 'succeeded', serial: ISSUED });
});

test('a new card that is asked for twice with one Idempotency-Key is made once', async () => {
  const desk = await world.open();
  await addKey();
  const cards = desk.cards.list().cards.length;
  const make = () => sandbox('POST', '/cards', { chip: 'classic-1k' }, { 'idempotency-key': 'card-1' });
  const [first, second] = await Promise.all([make(), make()]);
  expect(second.body).toEqual(first.body);
  expect((await make()).body).toEqual(first.body);
  expect(desk.cards.list().cards.length).toBe(cards + 1);
});

test('each is recorded, with who did it', async () => {
  await world.open();
  await addKey();
  await sandbox('PUT', '/failure', { cause: 'declined' });
  const record = world.property.rows('audit').findLast(({ action }) => action === 'sandbox-used');
  expect(record).toMatchObject({ action: 'sandbox-used', actor: expect.stringMatching(/^key /) });
  expect(JSON.parse(record?.details ?? '')).toMatchObject({
    encoder: PUBLISHED.encoder,
    do: 'fail',
    failure: 'declined',
    from: '127.0.0.1',
  });
});

test('what cannot be done is refused with what to do first', async () => {
  const desk = await world.openWithoutCard();
  await addKey();
  const refused = { status: 409, body: { type: '/v1/problems/sandbox-refused' } };
  expect(await lay('ABCDEF01')).toMatchObject(refused);
  expect(await sandbox('POST', '/cards', { chip: 'ntag-216', serial: ISSUED })).toMatchObject(refused);
  expect(await sandbox('PUT', '/failure', { cause: 'card-copied' })).toMatchObject(refused);
  for (let i = 0; i < 1_000; i += 1)
    desk.cards.box.keep(factoryCard(serialOf(`04${i.toString(16).toUpperCase().padStart(6, '0')}`), 'ultralight-ev1'));
  expect(await sandbox('POST', '/cards', { chip: 'ntag-216' })).toMatchObject(refused);
  expect((await sandbox('GET', '/cards')).body.cards).toHaveLength(1_000);
});

test('the front desk leaves for as long as it is told to, and comes back by itself', async () => {
  const desk = await world.open({ cardWaitSeconds: 20, answerWaitSeconds: 25 });
  await addKey();
  expect((await sandbox('PUT', '/outage', { seconds: 2 })).status).toBe(200);
  const offline = { status: 409, body: { type: '/v1/problems/refused', cause: 'encoder-offline' } };
  await until('it is away', () => desk.agent.desk.state().connection.status === 'waiting');
  expect(await sandbox('GET')).toMatchObject(offline);
  expect(desk.agent.desk.state().connection).toMatchObject({ why: { cause: 'sandbox' } });
  await until('it is back', async () => (await sandbox('GET')).status === 200);
  expect((await ask({ kind: 'read' })).body).toMatchObject({ state: 'succeeded' });
});

test('a front desk that is not there is told as such, and one that never was simulated takes nothing', async () => {
  const desk = await world.open();
  await addKey();
  await desk.stop();
  expect(await sandbox('GET')).toMatchObject({ status: 409, body: { cause: 'encoder-offline' } });
  const encoder = world.property.rows('encoders').find(({ id }) => id === encoderId());
  if (encoder === undefined) throw new Error('the encoder is gone');
  await world.property.put({ table: 'encoders', row: { ...encoder, simulated: false } });
  const audit = world.property.rows('audit').length;
  for (const answer of [await sandbox('GET'), await lay(ISSUED), await sandbox('DELETE', '/card')])
    expect(answer).toMatchObject({ status: 409, body: { type: '/v1/problems/not-simulated' } });
  expect(world.property.rows('audit')).toHaveLength(audit);
});

describe('an operation can be made to fail', () => {
  test('with each cause of what happens at an encoder; the rest of them is brought about otherwise', () => {
    const causes = Object.keys(CAUSES);
    const atEncoder = causes.slice(causes.indexOf('no-card'), causes.indexOf('not-next'));
    expect([...sandboxFailure.options, ...Object.keys(BROUGHT_ABOUT)]).toEqual(expect.arrayContaining(atEncoder));
    expect(Object.keys(SANDBOX_FAILURES)).toEqual(sandboxFailure.options);
  });

  /** How an operation that ends otherwise than by being refused or expired ends. */
  const STATES: Readonly<Record<string, string>> = {
    'write-failed': 'rejected',
    'card-damaged': 'damaged',
    'outcome-unknown': 'unknown',
    'outcome-open': 'granted',
    declined: 'withdrawn',
  };
  /** A read is told at once that the card won't do; an issue and a cancel may get another one. */
  const OF_THE_CONTENT = ['card-unreadable', 'foreign-card', 'card-garbled', 'card-checksum', 'card-copied'];

  const causesOf = (kind: 'issue' | 'read' | 'cancel') =>
    sandboxFailure.options.filter((cause) => SANDBOX_FAILURES[cause].of.includes(kind));

  async function failOnce(desk: FrontDesk, kind: 'issue' | 'read' | 'cancel', cause: SandboxFailure) {
    const lies = desk.cards.encoders[0]?.card()?.serial ?? ISSUED;
    const holds = desk.contentOf(lies);
    const what = { issue: issue(), read: { kind }, cancel: { kind, serial: ISSUED } }[kind];
    expect((await sandbox('PUT', '/failure', { cause })).body.failure).toBe(cause);
    const { body } = await ask(what);
    expect(body.cause).toBe(cause === 'outcome-open' ? null : cause);
    expect(body.state, cause).toBe(
      STATES[cause] ?? (OF_THE_CONTENT.includes(cause) && kind === 'read' ? 'rejected' : 'expired'),
    );
    // Which card it was is told, so that it can be cancelled.
    if (cause === 'card-garbled' && kind === 'read') expect(body.shownSerial).toBe(lies);
    if (body.state === 'expired' || body.state === 'rejected') expect(desk.contentOf(lies), cause).toBe(holds);
    if (cause === 'outcome-open') return;

    // What was done to encoder and card is undone; a card that was taken away is laid down again.
    await until('it is over', async () => (await sandbox('GET')).body.failure === null);
    await lay(lies);
    if (cause === 'outcome-unknown') {
      const told = async () => (await send('GET', `/operations/${body.id}`)).body.state === 'damaged';
      await until('the reading settles it', told);
    }
    if (cause === 'card-garbled' && kind === 'issue') await ask({ kind: 'cancel', serial: ISSUED });
    // A busy machine may need longer than this short wait.
    const next = async () => (await ask(what)).body.state === 'succeeded';
    await until(`the one after ${cause} succeeds`, next, 30_000);
  }

  // A read changes nothing, so that one card serves for all.
  test('read: with each cause in turn; and the next one is spared', async () => {
    const desk = await world.open();
    await addKey();
    for (const cause of causesOf('read')) await failOnce(desk, 'read', cause);
  });

  for (const kind of ['issue', 'cancel'] as const) {
    // What an encoder says of itself is the same whatever is asked for.
    const causes = causesOf(kind).filter((cause) => !unusableReason.safeParse(cause).success);
    test.each(causes)(`${kind}: %s; and the next one is spared`, async (cause) => {
      const desk = await world.open();
      await addKey();
      if (kind === 'issue' && cause !== 'card-garbled')
        desk.cards.place(BESIDE, { encoder: PUBLISHED.encoder, chip: 'classic-1k' });
      await failOnce(desk, kind, cause);
    });
  }

  test.each(chip.options)('in the middle of a write to a %s', async (kind) => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 20, answerWaitSeconds: 25 });
    await addKey();
    const serial = serialOf('04A1B2C3D4E5F6');
    desk.cards.place(serial, { encoder: PUBLISHED.encoder, chip: kind });
    for (const what of [issue(), { kind: 'cancel', serial }] as const) {
      await sandbox('PUT', '/failure', { cause: 'write-failed' });
      expect((await ask(what)).body).toMatchObject({ state: 'rejected', cause: 'write-failed' });
      await sandbox('PUT', '/failure', { cause: 'card-damaged' });
      expect((await ask(what)).body).toMatchObject({ state: 'damaged', cause: 'card-damaged' });
      expect((await ask(what)).body).toMatchObject({ state: 'succeeded' });
    }
  });

  test('while it waits, and no more once that is taken back', async () => {
    await world.open({ cardWaitSeconds: 20, answerWaitSeconds: 25 });
    await addKey();
    await sandbox('PUT', '/failure', { cause: 'encoder-hung' });
    const asked = ask({ kind: 'read' }, { prefer: 'wait=20' });
    await until('it is told', () => world.operations()[0]?.cause === 'encoder-hung');
    await sandbox('DELETE', '/failure');
    expect((await asked).body).toMatchObject({ state: 'succeeded' });
  });

  test('and one that cannot fail so is left alone; the failure waits', async () => {
    await world.open({ cardWaitSeconds: 20, answerWaitSeconds: 25 });
    await addKey();
    await sandbox('PUT', '/failure', { cause: 'write-failed' });
    expect((await ask({ kind: 'read' })).body).toMatchObject({ state: 'succeeded' });
    expect((await ask({ kind: 'cancel', serial: ISSUED })).body).toMatchObject({ cause: 'write-failed' });
  });
});

test('a key without the scope is told nothing of it, and one that may only see is refused nothing that shows', async () => {
  await world.open();
  await addKey({ scopes: ['read'] });
  expect((await sandbox('GET')).status).toBe(200);
  expect((await lay(ISSUED)).status).toBe(404);
});
