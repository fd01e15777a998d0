import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { factoryCard, type RunningAgent, type SimulatedCard, startAgent } from '@keyrack/agent';
import {
  describePcscdWithin,
  HOLD_MS,
  holdPcscd,
  type Pcscd,
  WAIT_MS,
} from '@keyrack/agent/encoder/pcsc/testing/pcscd.ts';
import { type Script, type VirtualReader, virtualReader } from '@keyrack/agent/encoder/pcsc/testing/virtual-reader.ts';
import { parseTrace } from '@keyrack/agent/encoder/pcsc/trace/trace-format.ts';
import { contentOnCard } from '@keyrack/agent/encoder/simulated/card-inspection.ts';
import { BLANK, type Chip, type Mac, type Reading, type Serial } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { isTerminal } from '@keyrack/server/domain/operation.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectAgreement } from '../world/agreement.ts';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import type { CardCommand, Fields } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/**
 * From the request over HTTP to the plastic on a reader: server, agent, pcscd and a virtual contactless card, all real
 * but the last, with cards taken away and pcscd killed at the steps of an issue and a cancel.
 */

/** `KEYRACK_EVERY_STEP=1` tries each single step, which takes minutes; else some of them are left out. */
const EVERY_STEP = process.env.KEYRACK_EVERY_STEP === '1';
const TEST_MS = EVERY_STEP ? 1_800_000 : 300_000;

const FIRST = serialOf('8F42E9D3');
const SECOND = serialOf('0418D59198CC87');

describePcscdWithin(TEST_MS)('a card on a reader', () => {
  let pcscd: Pcscd;
  let template: Template;
  let property: TestProperty;
  let agent: RunningAgent;
  let reader: VirtualReader;
  let otherReader: VirtualReader;
  const cards = new Map<Serial, SimulatedCard>();

  beforeAll(async () => {
    template = await makeTemplate();
    pcscd = await holdPcscd();
  }, HOLD_MS);
  afterAll(async () => {
    template.remove();
    await pcscd.release();
  });
  beforeEach(async () => {
    pcscd.start();
    property = await openProperty(template, { cardWaitSeconds: 20, answerWaitSeconds: 30 });
    const { agent: id, token } = property.hotel.desk;
    agent = await startAgent({
      agent: id,
      token,
      server: `${property.url.replace('http', 'ws')}/agent`,
      folder: property.folders.agent,
      encoders: [],
      readers: {
        named: [
          { mac: PUBLISHED.encoder, reader: 'Virtual PCD 00 00' },
          { mac: PUBLISHED.secondEncoder, reader: 'Virtual PCD 00 01' },
        ],
        forSignedIn: PUBLISHED.encoder,
      },
    });
    reader = virtualReader('first');
    otherReader = virtualReader('second');
    await until('the readers are there', () => agent.desk.state().encoders.length === 2, WAIT_MS);
    await until('the agent is online', () => agent.desk.state().connection.status === 'online', WAIT_MS);
    // An agent that connects before it has seen its readers tells of them later, and they are nobody's until then.
    const isKnown = (mac: Mac) =>
      property.rows('encoders').some((each) => each.mac === mac && each.ownership === 'settled');
    await until('the server knows', () => [PUBLISHED.encoder, PUBLISHED.secondEncoder].every(isKnown), WAIT_MS);
  });
  afterEach(async () => {
    reader.close();
    otherReader.close();
    await agent.stop();
    await property.close();
    await pcscd.kill();
    cards.clear();
  });

  function newCard(serial: Serial, chip: Chip): SimulatedCard {
    const card = factoryCard(serial, chip);
    cards.set(serial, card);
    return card;
  }

  function contentOf(serial: Serial): Reading {
    const card = cards.get(serial);
    if (card === undefined) throw new Error(`there is no card ${serial}`);
    return contentOnCard(card, [property.hotel.keyOf(serial)]);
  }

  /** Sends the command, and resolves when its operation has ended, however long the caller was made to wait. */
  async function carryOut(name: CardCommand, fields: Fields) {
    const told = await property.command(name, fields);
    if (told.operationId === null) throw new Error(`${name} began no operation: ${told.body}`);
    const operation = await until(
      'the operation has ended',
      () => {
        const found = property.rows('operations').find(({ id }) => id === told.operationId);
        return found !== undefined && isTerminal(found) && found;
      },
      WAIT_MS,
    );
    return { told: told.body, operation };
  }

  const agreement = () =>
    expectAgreement({
      rows: property.rows,
      agent: property.hotel.desk.agent,
      agentFolder: property.folders.agent,
      contentOf,
    });

  test.each(['classic-1k', 'ntag-215'] as const)('a %s is issued, read and cancelled by HTTP', async (chip) => {
    reader.place(newCard(SECOND, chip));
    const issued = await carryOut('makeRoomCard', {});
    expect(issued.told).toMatch(/^\{"status":200,/);
    expect(contentOf(SECOND)).toBe(issued.operation.grant?.target);
    const read = await carryOut('readCard', {});
    expect(read.told).toContain(SECOND);
    const cancelled = await carryOut('cancelCard', { serialNum: SECOND });
    expect(cancelled.told).toBe('{"status":200,"info":"success"}');
    expect(contentOf(SECOND)).toBe(BLANK);
    await agreement();
  });

  test('a reader is listed at the terminal with the MAC that it answers to', async () => {
    const args = ['agent', 'readers', '--data', property.folders.agent, '--id', property.hotel.desk.agent];
    const named = await keyrack([...args, '--pcsc-encoder', '7c:77:8a:6c:7d:9c=Virtual PCD 00 00'], {}).ended;
    expect(named).toEqual({
      code: 0,
      out: '7C778A6C7D9C  Virtual PCD 00 00\nnot used      Virtual PCD 00 01\n',
      err: '',
    });
    const all = await keyrack(args, {}).ended;
    expect(all.out).toMatch(/^[0-9A-F]{12} {2}Virtual PCD 00 00\n[0-9A-F]{12} {2}Virtual PCD 00 01\n$/);
    const unpaired = await keyrack(['agent', 'readers', '--data', keyrackFolder()], {}).ended;
    expect(unpaired).toMatchObject({ code: 2, err: expect.stringContaining('Pair it first') });
  });

  test('a reader is traced at the terminal, beside the agent that uses it', async () => {
    const card = newCard(SECOND, 'ntag-213');
    reader.place(card);
    await until('the card is seen', () => agent.desk.state().encoders.some((each) => each.card !== null), WAIT_MS);
    const file = join(keyrackFolder(), 'trace.jsonl');
    const named = ['--pcsc-encoder', '7c:77:8a:6c:7d:9c=Virtual PCD 00 00'];
    const args = ['agent', 'readers', '--id', property.hotel.desk.agent, '--data', keyrackFolder(), ...named];
    const traced = await keyrack([...args, '--trace', file], {}).ended;
    expect(traced).toMatchObject({ code: 0, out: expect.stringContaining('Found: ntag-213') });
    const lines = parseTrace(readFileSync(file, 'utf8'));
    expect(lines[0]).toMatchObject({ line: 'reader', name: 'Virtual PCD 00 00' });
    expect(lines.at(-1)).toEqual({ line: 'found', chip: 'ntag-213', access: 'factory', why: null });
    expect(readFileSync(file, 'utf8')).not.toContain(SECOND.toLowerCase());
  });

  interface Place {
    readonly reader: VirtualReader;
    readonly encoder: Mac;
    readonly card: SimulatedCard;
    readonly room: string;
  }

  /**
   * Issues and then cancels a card again and again, until one goes through without anything happening; each time it
   * happens at a later command to the reader. Answers how often it happened.
   */
  async function atEveryStep(
    { reader: at, encoder, card, room }: Place,
    stride: number,
    happens: (step: number) => Script,
  ): Promise<number> {
    const issue = () => carryOut('makeRoomCard', { issueMac: encoder, roomNo: room });
    const cancel = () => carryOut('cancelCard', { issueMac: encoder, serialNum: card.serial });
    let happened = 0;
    at.place(card);
    // A chip from the box holds its maker's content and has no record that could be cancelled.
    expect((await issue()).operation.state).toBe('succeeded');
    for (const [name, command, prepare] of [
      ['issue', issue, async (holds: Reading) => holds !== BLANK && (await cancel())],
      ['cancel', cancel, async (holds: Reading) => holds === BLANK && (await issue())],
    ] as const) {
      for (let step = 1; ; step += EVERY_STEP ? 1 : stride) {
        await prepare(contentOf(card.serial));
        at.script(happens(step), step);
        const { operation } = await command();
        expect(['succeeded', 'rejected', 'damaged'], `${name}, step ${step}`).toContain(operation.state);
        if (at.unscript()) break;
        happened += 1;
      }
    }
    return happened;
  }

  test('taken away at the steps of an issue and a cancel, and laid down again, leaves nobody in doubt', async () => {
    const places: Place[] = [
      { reader, encoder: PUBLISHED.encoder, card: newCard(FIRST, 'classic-1k'), room: 'R007' },
      { reader: otherReader, encoder: PUBLISHED.secondEncoder, card: newCard(SECOND, 'ntag-213'), room: 'R006' },
    ];
    const lifted = (step: number) => (step % 2 === 0 ? 'lifted-after' : 'lifted-before');
    const happened = await Promise.all(places.map((place) => atEveryStep(place, 9, lifted)));
    expect(Math.min(...happened)).toBeGreaterThan(3);
    await agreement();
  });

  test.each(EVERY_STEP ? (['classic-1k', 'ultralight-ev1'] as const) : (['classic-1k'] as const))(
    'a %s whose pcscd is killed at the steps of an issue and a cancel leaves nobody in doubt',
    async (chip) => {
      const place = { reader, encoder: PUBLISHED.encoder, card: newCard(FIRST, chip), room: 'R007' };
      const restart = () => void pcscd.kill().then(pcscd.start);
      expect(await atEveryStep(place, 9, () => restart)).toBeGreaterThan(3);
      await agreement();
    },
  );

  test('takes nothing of the sandbox, not even at a simulated encoder beside it', async () => {
    reader.place(newCard(FIRST, 'classic-1k'));
    const ask = (mac: Mac) =>
      property.server.dispatcher.askSandbox(property.hotel.property.id, mac, { do: 'take-away' });
    const isReal = async () => (await ask(PUBLISHED.encoder)).verdict === 'not-simulated';
    await until('its agent is there, and says what it is', isReal, WAIT_MS);
    await agent.stop();
    const { agent: id, token } = property.hotel.desk;
    const beside = 'SANDBOX00001' as Mac;
    agent = await startAgent({
      agent: id,
      token,
      server: `${property.url.replace('http', 'ws')}/agent`,
      folder: property.folders.agent,
      encoders: [{ mac: beside, name: 'Simulated', forSignedIn: false }],
      readers: { named: [{ mac: PUBLISHED.encoder, reader: 'Virtual PCD 00 00' }], forSignedIn: null },
    });
    const isKnown = () => property.rows('encoders').some(({ mac, simulated }) => mac === beside && simulated);
    await until('the server knows it as simulated', isKnown, WAIT_MS);
    await until('it is driven by nobody', async () => (await ask(beside)).verdict === 'uses-readers', WAIT_MS);
    expect(await ask(PUBLISHED.encoder)).toEqual({ verdict: 'not-simulated' });
    const lies = () => agent.desk.state().encoders.find(({ mac }) => mac === PUBLISHED.encoder)?.card?.serial;
    await until('the card lies there still', () => lies() === FIRST, WAIT_MS);
  });
});
