import { accessOf, type CardContent, type CardKey, type Mac } from '@keyrack/protocol';
import { type Clock, sleep } from '../../../clock.ts';
import { SILENT } from '../../../log.ts';
import { isCardError } from '../../card-error.ts';
import { readContent } from '../../layout/content-layout.ts';
import type { PcscPort } from '../pcsc-port.ts';
import { startPcscReaderSet } from '../pcsc-reader-set.ts';
import { recordingPort } from './record-trace.ts';
import type { TraceLine } from './trace-format.ts';

/** Who would ever lock a card with it? Given to a Classic, so that the trace has how the reader tells a wrong key. */
const NOBODYS_KEY = '00000000000000000000000000000000' as CardKey;
const MAC = '000000000000' as Mac;
const LOOK_MS = 20;

export interface TraceParts {
  readonly port: PcscPort;
  readonly clock: Clock;
  /** As PC/SC calls it. */
  readonly reader: string;
  /** How long to wait for a card. Milliseconds. */
  readonly waitMs: number;
}

/**
 * Looks at the card that lies on that reader, or is laid there, and reads it with the factory's key, as the agent would;
 * writes down what was asked and answered. Changes nothing on the card. Null when no card came.
 *
 * A chip with pages is given the factory's password alone: some count wrong ones.
 */
export async function traceReader({ port, clock, reader, waitMs }: TraceParts): Promise<TraceLine[] | null> {
  const lines: TraceLine[] = [
    { line: 'reader', version: 1, name: reader, system: `${process.platform} ${process.arch}` },
  ];
  const readerSet = startPcscReaderSet({
    port: recordingPort(port, reader, clock, (line) => lines.push(line)),
    clock,
    log: SILENT,
    macOf: (name) => (name === reader ? MAC : null),
  });
  try {
    const until = clock.monotonic() + waitMs;
    while (!lines.some(({ line }) => line === 'card')) {
      if (clock.monotonic() >= until) return null;
      await sleep(clock, LOOK_MS);
    }
    lines.push(await look());
    return lines;
  } finally {
    await readerSet.close();
  }

  async function look(): Promise<TraceLine> {
    const [encoder] = readerSet.encoders();
    try {
      if (encoder === undefined) throw new Error('the reader was unplugged');
      const connection = await encoder.connect();
      const { chip } = connection;
      const { content } = await readContent(connection, chip === 'classic-1k' ? [NOBODYS_KEY] : []);
      await connection.close();
      const access = content === 'unreadable' ? 'unreadable' : accessOf(content as CardContent);
      return { line: 'found', chip, access, why: null };
    } catch (error) {
      if (!isCardError(error) && encoder !== undefined) throw error;
      return { line: 'found', chip: null, access: null, why: error instanceof Error ? error.message : String(error) };
    }
  }
}
