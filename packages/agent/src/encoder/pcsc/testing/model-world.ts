import type { Mac } from '@keyrack/protocol';
import type { AgentLog } from '../../../log.ts';
import { createVirtualClock, type VirtualClock } from '../../../testing/virtual-clock.ts';
import type { CardConnection, Encoder } from '../../encoder.ts';
import type { SimulatedCard } from '../../simulated/card-memory.ts';
import { type PcscReaderSet, startPcscReaderSet } from '../pcsc-reader-set.ts';
import type { ReaderModel } from './reader-models.ts';
import { type PluggedReader, virtualPcsc } from './virtual-pcsc.ts';

/** The driver over one virtual reader of a model, with a clock that goes on by itself. */
export interface ModelWorld {
  readonly reader: PluggedReader;
  readonly encoder: Encoder;
  readonly clock: VirtualClock;
  readonly readerSet: PcscReaderSet;
  readonly log: readonly string[];
  /** Lets time pass until that is done. */
  run<T>(doing: Promise<T>): Promise<T>;
  /** Puts a card down, waits until it is seen, and opens it. */
  open(card: SimulatedCard): Promise<CardConnection>;
  close(): Promise<void>;
}

const STEP_MS = 1;
/** Longer than any command of a card may take, together with a look at it. Milliseconds. */
const MOST_MS = 120_000;

export async function openModelWorld(model: ReaderModel): Promise<ModelWorld> {
  const clock = createVirtualClock();
  const { port, plugIn } = virtualPcsc(clock);
  const log: string[] = [];
  const line = (fields: object, message: string) => void log.push(`${message} ${JSON.stringify(fields)}`);
  const agentLog: AgentLog = { info: line, warn: line, error: line };
  const mac = 'PCSC00000001' as Mac;
  const readerSet = startPcscReaderSet({ port, clock, log: agentLog, macOf: () => mac });
  const reader = plugIn(model);
  await clock.idle();
  const [encoder] = readerSet.encoders();
  if (encoder === undefined) throw new Error('the reader is no encoder');

  async function run<T>(doing: Promise<T>): Promise<T> {
    let over = false;
    const done = doing.finally(() => {
      over = true;
    });
    done.catch(() => {});
    const until = clock.monotonic() + MOST_MS;
    while (!over && clock.monotonic() < until) await clock.advance(STEP_MS);
    if (!over) throw new Error(`it did not end within ${MOST_MS / 1000} s`);
    return done;
  }

  return {
    reader,
    encoder,
    clock,
    readerSet,
    log,
    run,
    open: async (card) => {
      const seen = new Promise<void>((resolve) => {
        const end = encoder.onChange((present) => {
          if (present === null) return;
          end();
          resolve();
        });
      });
      reader.place(card);
      await run(seen);
      return run(encoder.connect());
    },
    close: () => run(readerSet.close()),
  };
}
