import { setTimeout } from 'node:timers/promises';
import type { Mac } from '@keyrack/protocol';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { systemClock } from '../../../clock.ts';
import type { AgentLog } from '../../../log.ts';
import { CARD_ERRORS, type CardError } from '../../card-error.ts';
import type { ClassicConnection, Encoder, PageConnection, PresentCard } from '../../encoder.ts';
import type { SimulatedCard } from '../../simulated/card-memory.ts';
import { openPcsc } from '../native/reader-process.ts';
import { type PcscReaderSet, startPcscReaderSet } from '../pcsc-reader-set.ts';
import { explainService } from '../why-no-service.ts';
import { HOLD_MS, holdPcscd, type Pcscd, WAIT_MS } from './pcscd.ts';
import type { ReaderModel } from './reader-models.ts';
import { type VirtualReader, virtualReader } from './virtual-reader.ts';

/** vpcd's readers, as pcscd calls them. */
export const READER = 'Virtual PCD 00 00';
export const OTHER_READER = 'Virtual PCD 00 01';
const MACS: Readonly<Record<string, Mac>> = { [READER]: 'PCSC00000001' as Mac, [OTHER_READER]: 'PCSC00000002' as Mac };

/** The driver over a running pcscd, and the hands at its two readers. */
export interface PcscWorld {
  readonly readerSet: PcscReaderSet;
  readonly encoder: Encoder;
  readonly otherEncoder: Encoder;
  readonly reader: VirtualReader;
  readonly otherReader: VirtualReader;
  /** What was logged, as text. */
  readonly log: readonly string[];
  /** Every card that came (its serial) and went (null) at the first encoder, in order. */
  readonly seen: readonly (string | null)[];
  /** Puts the card down, and waits until the driver has seen it. */
  place(card: SimulatedCard, model?: ReaderModel): Promise<PresentCard>;
  /** Puts the card down and opens it. */
  openClassic(card: SimulatedCard, model?: ReaderModel): Promise<ClassicConnection>;
  openPages(card: SimulatedCard, model?: ReaderModel): Promise<PageConnection>;
  /** Takes what lies there away, and waits until the driver has seen that. */
  lift(): Promise<void>;
  /** The same, for a card that the driver doesn't count as one: waits until pcscd has seen it go. */
  emptied(): Promise<void>;
  close(): Promise<void>;
}

/** One world for all tests of a group, which registers its making and clearing away. */
export function pcscWorldOfTheGroup(): { readonly pcscd: Pcscd; readonly world: PcscWorld } {
  let pcscd: Pcscd | undefined;
  let world: PcscWorld | undefined;
  const made = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('no test is running');
    return part;
  };
  beforeAll(async () => {
    pcscd = await holdPcscd();
    world = await openPcscWorld(pcscd);
  }, HOLD_MS);
  afterEach(() => world?.lift());
  afterAll(async () => {
    await world?.close();
    await pcscd?.release();
  });
  return {
    get pcscd() {
      return made(pcscd);
    },
    get world() {
      return made(world);
    },
  };
}

async function openPcscWorld(pcscd: Pcscd): Promise<PcscWorld> {
  pcscd.start();
  const log: string[] = [];
  const line = (fields: object, message: string) => void log.push(`${message} ${JSON.stringify(fields)}`);
  const agentLog: AgentLog = { info: line, warn: line, error: line };
  const readerSet = startPcscReaderSet({
    port: await openPcsc(),
    clock: systemClock,
    log: agentLog,
    macOf: (reader) => MACS[reader] ?? null,
    explain: explainService,
  });
  await until('both readers are there', () => readerSet.encoders().length === 2);
  const encoderOf = (reader: string) => {
    const encoder = readerSet.encoders().find(({ mac }) => mac === MACS[reader]);
    if (encoder === undefined) throw new Error(`there is no encoder for ${reader}`);
    return encoder;
  };
  const encoder = encoderOf(READER);
  const reader = virtualReader('first');
  const otherReader = virtualReader('second');
  const seen: (string | null)[] = [];
  encoder.onChange((card) => seen.push(card?.serial ?? null));

  async function place(card: SimulatedCard, model?: ReaderModel): Promise<PresentCard> {
    reader.place(card, model);
    return until('the card is seen', () => {
      const present = encoder.card();
      return present?.serial === card.serial && present;
    });
  }

  return {
    readerSet,
    encoder,
    otherEncoder: encoderOf(OTHER_READER),
    reader,
    otherReader,
    log,
    seen,
    place,
    openClassic: async (card, model) => {
      await place(card, model);
      const connection = await encoder.connect();
      if (connection.chip !== 'classic-1k') throw new Error(`it is a ${connection.chip}`);
      return connection;
    },
    openPages: async (card, model) => {
      await place(card, model);
      const connection = await encoder.connect();
      if (connection.chip === 'classic-1k') throw new Error('it is a Classic');
      return connection;
    },
    lift: async () => {
      reader.close();
      await until('the reader is empty', () => encoder.card() === null);
    },
    emptied: async () => {
      reader.close();
      const why = async () => (await encoder.connect().catch((error: unknown) => error)) as CardError;
      await until('the reader is empty', async () => (await why()).message === CARD_ERRORS['no-card']);
    },
    close: async () => {
      reader.close();
      otherReader.close();
      await readerSet.close();
      await pcscd.kill();
    },
  };
}

/** Looks again and again: pcscd polls its readers, and tells nobody of its own start. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined) return found as Exclude<T, false | null | undefined>;
    if (performance.now() > deadline) throw new Error(`not within ${WAIT_MS / 1_000} s: ${what}`);
    await setTimeout(5);
  }
}
