import { setTimeout } from 'node:timers/promises';
import { readContent, SILENT, startPcscReaderSet, systemClock, writeContent } from '@keyrack/agent';
import { READER_MODELS, type ReaderModel } from '@keyrack/agent/encoder/pcsc/testing/reader-models.ts';
import { virtualPcsc } from '@keyrack/agent/encoder/pcsc/testing/virtual-pcsc.ts';
import { factoryCard, type SimulatedCard } from '@keyrack/agent/encoder/simulated/card-memory.ts';
import { preparedCard } from '@keyrack/agent/encoder/simulated/prepared-card.ts';
import {
  BLANK,
  type CardContent,
  type CardKey,
  type Chip,
  CONTENT_BYTES,
  chip,
  contentOf,
  type Mac,
  type Serial,
} from '@keyrack/protocol';

// How long each kind of card takes on each kind of reader, from the moment that it is laid down: the driver over virtual
// readers that take their time in earnest. Their times are assumed (see testing/reader-models.ts): compare the rows with
// each other and with those of an earlier version, not with a stopwatch. Run: npm run bench -- card-readers [MODEL]

const KEYS = ['00112233445566778899aabbccddeeff', 'f0e1d2c3b4a5968778695a4b3c2d1e0f'] as CardKey[];
const FOREIGN_KEY = '5555555555555555aaaaaaaaaaaaaaaa' as CardKey;
const CONTENT = contentOf('keyed', new Uint8Array(CONTENT_BYTES).fill(7));

type Step = 'seen' | 'read blank' | 'issue' | 'read own' | 'read own, older key' | 'read another system’s' | 'erase';

const wanted = process.argv[2] ?? '';
for (const model of READER_MODELS.filter((each) => each.model.includes(wanted))) {
  console.log(`\n${model.model}`);
  for (const kind of chip.options) console.log(`  ${kind.padEnd(15)} ${await line(model, kind)}`);
}

async function line(model: ReaderModel, kind: Chip): Promise<string> {
  const { port, plugIn } = virtualPcsc(systemClock);
  const desk = startPcscReaderSet({ port, clock: systemClock, log: SILENT, macOf: () => 'PCSC00000001' as Mac });
  const plugged = plugIn(model);
  await setTimeout(1);
  const [encoder] = desk.encoders();
  if (encoder === undefined) throw new Error('the reader is no encoder');
  const took = new Map<Step, number>();

  async function lay(card: SimulatedCard): Promise<boolean> {
    plugged.place(card);
    const began = performance.now();
    while (encoder?.card() === null) {
      if (performance.now() - began > 3_000) return false;
      await setTimeout(1);
    }
    took.set('seen', performance.now() - began);
    return true;
  }

  async function time<T>(step: Step, task: (connection: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
    const began = performance.now();
    const connection = await open();
    const result = await task(connection);
    await connection.close();
    took.set(step, performance.now() - began);
    return result;
  }
  const open = () => (encoder as NonNullable<typeof encoder>).connect();

  const card = factoryCard('04A1B2C3D4E5F6' as Serial, kind);
  if (!(await lay(card))) {
    await desk.close();
    return 'can not be used for this chip';
  }
  const { content } = await time('read blank', (connection) => readContent(connection, KEYS));
  await time('issue', async (connection) => {
    const found = await readContent(connection, KEYS);
    await writeContent(connection, found.content as CardContent, CONTENT, KEYS);
    return readContent(connection, KEYS, KEYS[0]);
  });
  await time('read own', (connection) => readContent(connection, KEYS, KEYS[0]));
  await time('erase', async (connection) => {
    const found = await readContent(connection, KEYS, KEYS[0]);
    await writeContent(connection, found.content as CardContent, BLANK, KEYS);
    return readContent(connection, KEYS, 'factory');
  });
  await lay(preparedCard('04A1B2C3D4E5F7' as Serial, kind, CONTENT, KEYS[1]));
  await time('read own, older key', (connection) => readContent(connection, KEYS));
  await lay(preparedCard('04A1B2C3D4E5F8' as Serial, kind, CONTENT, FOREIGN_KEY));
  await time('read another system’s', (connection) => readContent(connection, KEYS));
  await desk.close();
  if (content === 'unreadable') throw new Error('a new card is readable');
  return [...took].map(([step, ms]) => `${step} ${(ms / 1000).toFixed(2)} s`).join('  ');
}
