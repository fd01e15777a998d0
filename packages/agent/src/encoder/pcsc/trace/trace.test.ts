import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chip } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../../testing/virtual-clock.ts';
import { factoryCard, type SimulatedCard } from '../../simulated/card-memory.ts';
import { preparedCard } from '../../simulated/prepared-card.ts';
import { CHIPS, KEY, keyedContent, SERIAL } from '../../testing/one-card.ts';
import { READER_MODELS, type ReaderModel } from '../testing/reader-models.ts';
import { replayTrace } from '../testing/replayed-trace.ts';
import { virtualPcsc } from '../testing/virtual-pcsc.ts';
import { formatTrace, parseTrace, type TraceLine } from './trace-format.ts';
import { traceReader } from './trace-reader.ts';

/** Traces that were kept. What begins with `virtual` is of a virtual reader; with KEYRACK_KEEP_TRACES=1 it is made anew. */
const KEPT = join(import.meta.dirname, '../testing/traces');

/** Lets time pass until that is done. */
async function passing<T>(clock: ReturnType<typeof createVirtualClock>, doing: Promise<T>): Promise<T> {
  let over = false;
  const done = doing.finally(() => {
    over = true;
  });
  done.catch(() => {});
  while (!over) await clock.advance(1);
  return done;
}

async function record(model: ReaderModel, card: SimulatedCard): Promise<TraceLine[]> {
  const clock = createVirtualClock();
  const { port, plugIn } = virtualPcsc(clock);
  const reader = plugIn(model);
  reader.place(card);
  const trace = await passing(clock, traceReader({ port, clock, reader: reader.name, waitMs: 1_000 }));
  if (trace === null) throw new Error('no card came');
  return trace;
}

async function replay(trace: readonly TraceLine[]): Promise<TraceLine | undefined> {
  const clock = createVirtualClock();
  const replayed = replayTrace(trace, clock);
  const again = await passing(
    clock,
    traceReader({ port: replayed.port, clock, reader: replayed.reader, waitMs: 1_000 }),
  );
  expect(replayed.strayed()).toBeNull();
  expect(replayed.left()).toEqual([]);
  return again?.at(-1);
}

/** Everything that nobody may see, in hex. */
function secretsOf(card: SimulatedCard): string[] {
  const memory = Buffer.from(card.memory).toString('hex');
  const chunks = (from: number, to: number) =>
    Array.from({ length: (to - from) / 4 }, (_, i) => memory.slice((from + i * 4) * 2, (from + i * 4 + 4) * 2));
  const content = card.chip === 'classic-1k' ? chunks(64, 128) : chunks(16, 64);
  return [card.serial.toLowerCase(), ...content].filter((each) => !/^(?:00|ff)+$/.test(each) && each !== 'ff078069');
}

describe.each(READER_MODELS.map((model) => [model.model, model] as const))('a trace of %s', (_name, model) => {
  test.each(CHIPS)('with a %s is replayed to the same end, and tells no secret', async (chip: Chip) => {
    for (const card of [factoryCard(SERIAL, chip), preparedCard(SERIAL, chip, keyedContent(), KEY)]) {
      const trace = await record(model, card);
      const text = formatTrace(trace);
      for (const secret of secretsOf(card)) expect(text).not.toContain(secret);
      expect(parseTrace(text)).toEqual(trace);
      expect(await replay(trace)).toEqual(trace.at(-1));
    }
  });
});

test('a trace of a card of another system says why it won’t do, and asks it nothing', async () => {
  const clock = createVirtualClock();
  const { port, plugIn } = virtualPcsc(clock);
  const reader = plugIn(READER_MODELS[0] as ReaderModel);
  reader.placeForeign(new Uint8Array(Buffer.from('3b8180018080', 'hex')));
  const trace = await passing(clock, traceReader({ port, clock, reader: reader.name, waitMs: 1_000 }));
  expect(trace?.map(({ line }) => line)).toEqual(['reader', 'card', 'found']);
  expect(trace?.at(-1)).toMatchObject({ chip: null, why: expect.stringContaining('a bank card') });
});

test('without a card there is no trace', async () => {
  const clock = createVirtualClock();
  const { port, plugIn } = virtualPcsc(clock);
  const { name } = plugIn(READER_MODELS[0] as ReaderModel);
  expect(await passing(clock, traceReader({ port, clock, reader: name, waitMs: 1_000 }))).toBeNull();
});

if (process.env.KEYRACK_KEEP_TRACES === '1') {
  test.each(READER_MODELS.map((model) => [model.model, model] as const))(
    'the trace of %s is kept',
    async (_name, model) => {
      for (const chip of ['classic-1k', 'ntag-213'] as const) {
        const file = `virtual-${model.readerName
          .toLowerCase()
          .replaceAll(/[^a-z0-9]+/g, '-')
          .slice(0, 24)}-${chip}.jsonl`;
        writeFileSync(join(KEPT, file), formatTrace(await record(model, factoryCard(SERIAL, chip))));
      }
    },
  );
}

test.each(readdirSync(KEPT).filter((file) => file.endsWith('.jsonl')))(
  'the kept trace %s ends as it did',
  async (file) => {
    const trace = parseTrace(readFileSync(join(KEPT, file), 'utf8'));
    expect(await replay(trace)).toEqual(trace.at(-1));
  },
);
