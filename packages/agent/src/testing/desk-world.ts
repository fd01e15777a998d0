import {
  type AgentId,
  BLANK,
  type CardContent,
  type CardKey,
  type Chip,
  type JournalId,
  type Mac,
  type OperationId,
  type Reading,
  type Serial,
  type ServerMessage,
} from '@keyrack/protocol';
import { type DeskAgent, type DeskParts, startDeskAgent } from '../desk/index.ts';
import {
  contentOnCard,
  createSimulatedDesk,
  type EncoderTiming,
  memoryCardBox,
  NO_TIME,
  preparedCard,
  type SimulatedCard,
  type SimulatedEncoder,
} from '../encoder/index.ts';
import { KEY, keyedContent, MAC, SERIAL } from '../encoder/testing/one-card.ts';
import { type Journal, openJournal } from '../journal/index.ts';
import type { AgentLog } from '../log.ts';
import { createSandbox } from '../sandbox/create-sandbox.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';
import { type Life, mortal, mortalClock } from './mortal.ts';
import { createScriptedServer, type Said, type ScriptedServer } from './scripted-server.ts';
import { seededRandomness } from './seeded-randomness.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

export { KEY, MAC, SERIAL };

/** What the issued card of every desk world holds, behind KEY. */
export const ISSUED = keyedContent();
export const OPERATION = '01900000-0000-7000-8000-000000000001' as OperationId;
export const OTHER_OPERATION = '01900000-0000-7000-8000-000000000002' as OperationId;
export const OTHER_SERIAL = '04FFEEDDCCBBAA' as Serial;
export const TOKEN = 't'.repeat(43);

/** One front desk with one encoder and two issued cards in the drawer, its disk, and the server's end of the wire. */
export interface DeskWorld {
  readonly clock: VirtualClock;
  readonly disk: MemoryDisk;
  readonly server: ScriptedServer;
  readonly encoder: SimulatedEncoder;
  readonly log: string[];
  /** The agent that runs now, and its journal. */
  desk(): DeskAgent;
  journal(): Journal;
  /** The process is killed: everything but the disk and the cards is gone. Starts the next one. */
  restart(): Promise<void>;
  content(serial?: Serial): Reading;
  /** The plastic itself. */
  card(serial?: Serial): SimulatedCard;
  prompt(changes?: Partial<Extract<ServerMessage, { type: 'prompt' }>>): void;
  /** The server's part of an exchange up to `present`: takes `open`, sends the keys, takes `present`. */
  presented(): Promise<Said<'present'>>;
  grant(present: Said<'present'>, changes?: Partial<Extract<ServerMessage, { type: 'grant' }>>): void;
}

export async function createDeskWorld(
  options: { chip?: Chip; content?: CardContent; seed?: string; timing?: EncoderTiming; protocol?: number } = {},
): Promise<DeskWorld> {
  const { chip = 'classic-1k', content = ISSUED, seed = 'seed', timing = NO_TIME } = options;
  const clock = createVirtualClock();
  const disk = createMemoryDisk(clock);
  const server = createScriptedServer(clock);
  if (options.protocol !== undefined) server.protocol = options.protocol;
  const box = memoryCardBox([preparedCard(SERIAL, chip, content, KEY), preparedCard(OTHER_SERIAL, chip, content, KEY)]);
  const log: string[] = [];
  const agentLog: AgentLog = {
    info: (fields, message) => log.push(`${clock.monotonic()} ${message} ${JSON.stringify(fields)}`),
    warn: (fields, message) => log.push(`${clock.monotonic()} WARN ${message} ${JSON.stringify(fields)}`),
    error: (fields, message) => log.push(`${clock.monotonic()} ERROR ${message} ${JSON.stringify(fields)}`),
  };
  const cards = createSimulatedDesk({ encoders: [{ mac: MAC, name: 'Desk' }], box, clock, timing });
  const encoder = cards.encoders[0] as SimulatedEncoder;
  const random = seededRandomness(seed);
  let life: Life = { over: false };
  let desk: DeskAgent;
  let journal: Journal;

  function cardOf(serial: Serial): SimulatedCard {
    const card = box.card(serial);
    if (card === undefined) throw new Error(`no card ${serial}`);
    return card;
  }

  async function start(): Promise<void> {
    const born = { over: false };
    life = born;
    journal = await openJournal({ disk: mortal(disk, born), clock, newId: () => random.uuid() as JournalId });
    const parts: DeskParts = {
      url: 'memory:',
      identity: {
        agent: '01900000-0000-7000-8000-00000000000a' as AgentId,
        prove: () => ({ by: 'token', token: TOKEN }),
      },
      software: 'test',
      journal,
      encoders: [{ encoder: mortal(encoder, born), forSignedIn: true, simulated: true }],
      transport: server.transport,
      clock: mortalClock(clock, born),
      random,
      log: agentLog,
      sandbox: createSandbox(cards, (count) => new Uint8Array(count).map(() => Math.floor(random.fraction() * 256))),
    };
    desk = startDeskAgent(parts);
    await clock.idle();
  }

  await start();
  return {
    clock,
    disk,
    server,
    encoder,
    log,
    desk: () => desk,
    journal: () => journal,
    restart: async () => {
      life.over = true;
      disk.cutPower();
      server.cut();
      await start();
    },
    content: (serial = SERIAL) => contentOnCard(cardOf(serial), [KEY]),
    card: (serial = SERIAL) => cardOf(serial),
    prompt: (changes = {}) =>
      server.send({
        type: 'prompt',
        operation: OPERATION,
        encoder: MAC as Mac,
        kind: 'cancel',
        serial: SERIAL,
        room: '101',
        remainingMs: 60_000,
        ...changes,
      }),
    presented: async () => {
      const { nonce } = await server.take('open');
      server.send({ type: 'keys', nonce, keys: [KEY as CardKey] });
      return server.take('present');
    },
    grant: ({ nonce, operation, serial, content: before }, changes = {}) =>
      server.send({
        type: 'grant',
        nonce,
        operation,
        serial,
        before: before as CardContent,
        target: BLANK,
        ...changes,
      }),
  };
}
