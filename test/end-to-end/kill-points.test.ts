import { BLANK } from '@keyrack/protocol';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { isTerminal, type TerminalState } from '@keyrack/server/domain/operation.ts';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFailed, test, vi } from 'vitest';
import type { ServerPoint } from '../world/named-points.ts';
import { openProcessesProperty, type ProcessesOptions, type ProcessesProperty } from '../world/processes-property.ts';
import { cardInDoubt, outcomeOpen, refusal, SUCCESS } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { until } from '../world/until.ts';

/**
 * The published cancel, with the server or the agent killed between any two of its steps and started again
 * (docs/architecture.md, "A cancel, end to end"). Nobody is told anything that doesn't hold, the card is written once at
 * most, and in the end database, audit log, journal and plastic say the same.
 *
 * The points are those that `named-points.ts` describes.
 */

// Up to six starts of a process each, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 60_000 });

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

async function open(options?: ProcessesOptions): Promise<ProcessesProperty> {
  const opened = await openProcessesProperty(template, options);
  property = opened;
  onTestFailed(() => console.error(opened.log()));
  return opened;
}

async function settled(from: ProcessesProperty): Promise<TerminalState> {
  return until('the operation has ended', () => {
    const operation = from.operation();
    return operation !== undefined && isTerminal(operation) && operation.state;
  });
}

const REJECTED = refusal(
  6200,
  'Cancelled card error',
  'The card was not written and is as it was; leave it there and send again, or use another card.',
);
const DAMAGED = refusal(
  6200,
  'Cancelled card error',
  'Writing was interrupted and the card is damaged; put it on the encoder and send again.',
);

/** What each point leads to by itself, once the killed process is back and before anybody asks again. */
const SERVER_POINTS: readonly (readonly [step: string, dieAt: ServerPoint, outcome: TerminalState | 'no operation'])[] =
  [
    ['the request is parsed and authorised, and not accepted', 'before acceptCancel', 'no operation'],
    ['the operation is accepted, and nobody prompted', 'after acceptCancel', 'succeeded'],
    ['the prompt is sent', 'sent acceptCancel', 'succeeded'],
    ['`open` has come', 'before openCard', 'succeeded'],
    ['the opening is recorded, and the keys not sent', 'after openCard', 'succeeded'],
    ['the keys are sent', 'sent openCard', 'succeeded'],
    ['`present` has come, and nothing is granted', 'before grantWrite', 'succeeded'],
    ['the grant is on disk and not sent', 'after grantWrite', 'succeeded'],
    ['the grant is sent', 'sent grantWrite', 'succeeded'],
    ['the report has come, and no outcome is recorded', 'before report', 'succeeded'],
    ['the outcome is on disk and not acknowledged', 'after report', 'succeeded'],
    ['the outcome is acknowledged', 'sent report', 'succeeded'],
    ['the answer is about to be sent', 'logging request', 'succeeded'],
  ];

describe('the server is killed when', () => {
  test.each(SERVER_POINTS)('%s', async (_step, dieAt, outcome) => {
    const { startServer, startAgent, ...rest } = await open();
    const server = await startServer(dieAt);
    await startAgent();
    await rest.online();

    // A caller whose server dies before the answer is told nothing at all. At the last points the answer may be out.
    const told = await rest.cancel().catch(() => null);
    expect(await server.ended).toBe('SIGKILL');
    expect([null, SUCCESS]).toContain(told?.body ?? null);

    await startServer();
    await rest.online();
    if (outcome === 'no operation') expect(rest.operation()).toBeUndefined();
    else expect(await settled(property as ProcessesProperty)).toBe(outcome);
    const before = rest.operation();

    const again = await rest.cancel();
    expect(again.body).toBe(SUCCESS);
    expect(again.operationId).toBe(rest.operation()?.id);
    if (before !== undefined) expect(rest.operation()?.id).toBe(before.id);
    expect(rest.contentOf(PUBLISHED.serial)).toBe(BLANK);
    await rest.expectAgreement();
  });
});

describe('the server is killed when a failure', () => {
  const NO_CARD = refusal(
    6200,
    'Cancelled card error',
    'No card was put on the encoder within 0.5 seconds; send again with the card on it.',
  );

  async function openWithoutCard(dieAt?: ServerPoint) {
    const opened = await open({ cardWaitSeconds: 0.5 });
    opened.liftCard(PUBLISHED.serial);
    const server = await opened.startServer(dieAt);
    await opened.startAgent();
    await opened.online();
    return { ...opened, server };
  }

  test('is about to be told: the repeat tells it, and starts no other operation', async () => {
    const { server, startServer, ...rest } = await openWithoutCard('logging request');
    await expect(rest.cancel()).rejects.toThrow();
    expect(await server.ended).toBe('SIGKILL');
    await startServer();
    await rest.online();
    expect(await rest.cancel()).toMatchObject({ body: NO_CARD, operationId: rest.operation()?.id });
    await rest.expectAgreement();
  });

  test('was told: the same request is a new one', async () => {
    const { server, startServer, ...rest } = await openWithoutCard();
    const told = await rest.cancel();
    expect(told.body).toBe(NO_CARD);
    await until('it is on disk that it was told', () => rest.operation()?.caller === 'told');
    await server.kill();
    await startServer();
    await rest.online();
    const anew = await rest.cancel();
    expect(anew.body).toBe(NO_CARD);
    expect(anew.operationId).not.toBe(told.operationId);
    await rest.expectAgreement();
  });
});

const AGENT_POINTS: readonly (readonly [step: string, dieAt: string, outcomes: readonly TerminalState[]])[] = [
  ['the prompt has come', 'received prompt', ['succeeded']],
  ['the card is open and `open` sent', 'sent open', ['succeeded']],
  ['the keys have come', 'received keys', ['succeeded']],
  // Whether the server still hears the last word of a connection that is gone is anybody's guess.
  ['`present` is sent', 'sent present', ['rejected', 'succeeded']],
  ['the grant has come', 'received grant', ['rejected']],
  ['the grant is obeyed and nothing journaled', 'journal before write', ['rejected']],
  ['the write is in the journal and not synced', 'journal appended write', ['rejected']],
  ['the write is journaled', 'journal synced write', ['rejected']],
  ['the first block is about to be written', 'block before 1', ['rejected']],
  ['the first block is written', 'block after 1', ['damaged']],
  ['the second block is written', 'block after 2', ['damaged']],
  ['the third block is written and the keys still stand', 'block after 3', ['damaged']],
  ['the last block is written and nothing read back', 'block after 4', ['succeeded']],
  ['the card is read back and nothing journaled', 'journal before result', ['succeeded']],
  ['the result is in the journal and not synced', 'journal appended result', ['succeeded']],
  ['the result is journaled', 'journal synced result', ['succeeded']],
  ['the report is sent', 'sent report', ['succeeded']],
  ['the acknowledgement has come', 'received acknowledge', ['succeeded']],
];

const ANSWERS = { succeeded: SUCCESS, rejected: REJECTED, damaged: DAMAGED } as Record<TerminalState, string>;

describe('the agent is killed when', () => {
  test.each(AGENT_POINTS)('%s', async (_step, dieAt, outcomes) => {
    const { startServer, startAgent, ...rest } = await open();
    await startServer();
    const agent = await startAgent(dieAt);
    await rest.online();
    const telling = rest.cancel();
    expect(await agent.ended).toBe('SIGKILL');

    await startAgent();
    const told = await telling;
    const outcome = await settled(property as ProcessesProperty);
    expect(outcomes).toContain(outcome);
    expect(told.body, 'the caller hears what the database says').toBe(ANSWERS[outcome]);
    expect(told.operationId).toBe(rest.operation()?.id);
    await rest.expectAgreement();

    // The outcome is told. What isn't a success is tried anew by the same request; what is touches nothing.
    const again = await rest.cancel();
    expect(again.body).toBe(SUCCESS);
    expect(rest.contentOf(PUBLISHED.serial)).toBe(BLANK);
    expect(rest.rows('operations')).toHaveLength(outcome === 'succeeded' ? 1 : 2);
    await rest.expectAgreement();
  });
});

describe('the agent is killed in the middle of the write and the card is taken away', () => {
  const POINTS: readonly (readonly [step: string, dieAt: string, outcome: TerminalState])[] = [
    ['before the first block', 'block before 1', 'rejected'],
    ['after the first block', 'block after 1', 'damaged'],
    ['after the last block', 'block after 4', 'succeeded'],
  ];

  test.each(POINTS)('%s: the outcome is open until the card is read again', async (_step, dieAt, outcome) => {
    const { startServer, startAgent, ...rest } = await open({ cardWaitSeconds: 1, answerWaitSeconds: 2 });
    await startServer();
    const agent = await startAgent(dieAt);
    await rest.online();
    const telling = rest.cancel();
    expect(await agent.ended).toBe('SIGKILL');
    rest.liftCard(PUBLISHED.serial);
    await startAgent();

    const told = await telling;
    // Whether its agent has told by then that it doesn't know either is a matter of chance.
    expect([outcomeOpen(2), cardInDoubt(PUBLISHED.serial)]).toContain(told.body);
    await until('the agent is back', () => rest.operation()?.state !== 'granted');
    expect(rest.operation()).toMatchObject({ id: told.operationId, state: 'unknown', cause: 'agent-restarted' });
    expect(rest.rows('cards').find(({ serial }) => serial === PUBLISHED.serial)).toMatchObject({
      plastic: 'unknown',
      content: null,
    });

    await rest.hands.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(await settled(property as ProcessesProperty)).toBe(outcome);
    const again = await rest.cancel();
    expect(again).toMatchObject({ body: ANSWERS[outcome], operationId: told.operationId });
    await rest.expectAgreement();
  });

  test('and the server too: the repeat tells what became of the operation, and starts no other', async () => {
    const { startServer, startAgent, ...rest } = await open();
    const server = await startServer();
    const agent = await startAgent('block after 1');
    await rest.online();
    const telling = rest.cancel().catch(() => null);
    expect(await agent.ended).toBe('SIGKILL');
    rest.liftCard(PUBLISHED.serial);
    await startAgent();
    await until('the outcome is unknown', () => rest.operation()?.state === 'unknown');
    await server.kill();
    expect(await telling).toBeNull();

    await startServer();
    await rest.online();
    await rest.hands.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(await settled(property as ProcessesProperty)).toBe('damaged');
    expect(await rest.cancel()).toMatchObject({ body: DAMAGED, operationId: rest.operation()?.id });
    await rest.expectAgreement();
  });
});

/** Both ends die: the agent in the middle of the write, and the server when it learns of it. */
describe('the agent is killed in the middle of the write, and the server when', () => {
  const POINTS: readonly (readonly [step: string, dieAt: ServerPoint])[] = [
    ['the agent says hello again', 'before startSession'],
    ['its new session is on disk', 'after startSession'],
    ['it has told its records', 'before catchUp'],
    ['its records are on disk', 'after catchUp'],
    ['it is asked to read the card', 'sent settleList'],
    ['it has read the card', 'before recordReading'],
    ['the reading is on disk', 'after recordReading'],
  ];

  test.each(POINTS)('%s', async (_step, dieAt) => {
    const { startServer, startAgent, ...rest } = await open();
    const first = await startServer();
    const agent = await startAgent('block after 1');
    await rest.online();
    const telling = rest.cancel().catch(() => null);
    expect(await agent.ended).toBe('SIGKILL');
    await first.kill();
    expect(await telling).toBeNull();

    const second = await startServer(dieAt);
    await startAgent();
    expect(await second.ended).toBe('SIGKILL');
    await startServer();
    await rest.online();
    expect(await settled(property as ProcessesProperty)).toBe('damaged');
    const again = await rest.cancel();
    expect(again).toMatchObject({ body: DAMAGED, operationId: rest.operation()?.id });
    await rest.expectAgreement();
    expect((await rest.cancel()).body).toBe(SUCCESS);
    await rest.expectAgreement();
  });
});
