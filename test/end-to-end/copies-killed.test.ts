import type { Serial } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import type { ServerPoint } from '../world/named-points.ts';
import { openProcessesProperty, type ProcessesProperty } from '../world/processes-property.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { until } from '../world/until.ts';

/**
 * A set of copies, with the server killed between two cards, and between a commit and its answer. It is started again: no further
 * card is made, the set says why, and in the end database, audit log, journal and plastic say the same.
 */

// Starts of four processes, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

const CARDS = ['8F42E9D4', '8F42E9D5'].map(serialOf) as [Serial, Serial];
const ISSUE = { kind: 'issue', mode: 'new', validUntil: '2099-12-31T04:00:00Z', copies: 3 };

let template: Template;
let property: ProcessesProperty | undefined;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(async () => {
  await property?.close();
  property = undefined;
});

async function open(dieAt: ServerPoint) {
  const opened = await openProcessesProperty(template, { cardWaitSeconds: 30, answerWaitSeconds: 35 });
  property = opened;
  onTestFailed(() => console.error(opened.log()));
  opened.liftCard(PUBLISHED.serial);
  const server = await opened.startServer(dieAt);
  await opened.startAgent();
  await opened.online();
  for (const serial of CARDS) await opened.hands.add(serial, 'classic-1k');
  const encoder = opened.rows('encoders').find(({ mac }) => mac === PUBLISHED.encoder)?.id;
  const room = opened.rows('rooms').find(({ lockType }) => lockType === 'RFLOCK-V9')?.id;
  const issue = async () => {
    const response = await fetch(`${opened.url}/v1/properties/${PUBLISHED.propertyNumber}/operations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${opened.ownerKey()}`,
        'content-type': 'application/json',
        'idempotency-key': 'family',
      },
      body: JSON.stringify({ ...ISSUE, encoder, room }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into what it expects.
    return { status: response.status, body: (await response.json()) as any };
  };
  const lay = (serial: Serial) => opened.hands.place(serial, { encoder: PUBLISHED.encoder });
  const states = () => opened.rows('operations').map(({ state }) => state);
  return { ...opened, server, issue, lay, states, set: () => opened.rows('copySets')[0] };
}

test.each([
  ['about to be accepted', 'before acceptNextCopy', 1],
  ['accepted, and nobody has heard of it', 'after acceptNextCopy', 2],
] as const)('between two cards, the next %s: it is the last one', async (_, dieAt, accepted) => {
  const { server, issue, lay, states, set, ...rest } = await open(dieAt);
  expect(await issue()).toMatchObject({ status: 202, body: { copy: { number: 1, of: 3 } } });
  await lay(CARDS[0]);
  expect(await server.ended).toBe('SIGKILL');
  await rest.startServer();
  await rest.online();
  const left = 3 - accepted;
  expect(set()).toMatchObject({ state: 'stopped', cause: 'copies-interrupted', operations: { length: accepted } });
  const told = rest.rows('audit').filter(({ action }) => action === 'copies-withdrawn');
  expect(told.map(({ details }) => JSON.parse(details))).toMatchObject([{ of: 3, accepted, left }]);
  await rest.hands.remove(PUBLISHED.encoder);
  await lay(CARDS[1]);
  // What was accepted before is still made; and then nothing more, whatever lies there.
  await until('all that was accepted is made', () => states().every((state) => state === 'succeeded'));
  expect((await issue()).body).toMatchObject({ state: 'succeeded', copy: { number: 1, of: 3 } });
  expect(states()).toHaveLength(accepted);
  await rest.expectAgreement();
});

test('between the commit and the answer: the repeat is told of the same set, which makes its one card', async () => {
  const { server, issue, lay, states, set, ...rest } = await open('after runForCaller');
  await expect(issue()).rejects.toThrow();
  expect(await server.ended).toBe('SIGKILL');
  await rest.startServer();
  await rest.online();
  const repeat = await issue();
  expect(repeat.body).toMatchObject({ copy: { number: 1, of: 3, set: set()?.id } });
  expect(rest.rows('copySets')).toHaveLength(1);
  expect(set()).toMatchObject({ state: 'stopped', cause: 'copies-interrupted', operations: [repeat.body.id] });
  await lay(CARDS[0]);
  await until('the card is made', () => states().every((state) => state === 'succeeded'));
  expect(states()).toHaveLength(1);
  await rest.expectAgreement();
});
