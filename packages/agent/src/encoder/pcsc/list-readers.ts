import type { Mac } from '@keyrack/protocol';
import { type Clock, sleep } from '../../clock.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import { PcscMissing, pcscMini } from './pcsc-mini-port.ts';
import { shownName } from './reader-name.ts';
import { macOfReader, type ReaderSettings } from './reader-settings.ts';

export interface ListedReader {
  /** As PC/SC calls it, and as it is shown. */
  readonly reader: string;
  readonly name: string;
  /** The MAC that it would answer to; null when it isn't used. */
  readonly mac: Mac | null;
  /** Whether a card lies there, of whatever kind. */
  readonly hasCard: boolean;
}

export type ReaderList =
  | { readonly service: 'running'; readonly readers: readonly ListedReader[] }
  /** `missing`: PC/SC isn't installed. `stopped`: it is, and doesn't run. The message says what to do. */
  | { readonly service: 'missing' | 'stopped'; readonly message: string };

/** Looks once which readers are plugged in, without touching a card. May be called while an agent uses them. */
export async function listReaders(settings: ReaderSettings, desk: string, clock: Clock): Promise<ReaderList> {
  const hasCard = new Map<string, boolean>();
  try {
    const port = await pcscMini();
    const service = port.start({
      changed: (reader, { present }) => void hasCard.set(reader, present),
      gone: (reader) => void hasCard.delete(reader),
      failed: () => {},
    });
    await sleep(clock, PCSC_LIMITS.listMs);
    service.stop();
  } catch (error) {
    if (error instanceof PcscMissing) return { service: 'missing', message: error.message };
    const message = `The PC/SC service can't be reached (${error instanceof Error ? error.message : error}); start pcscd.`;
    return { service: 'stopped', message };
  }
  const readers = Array.from(hasCard, ([reader, has]) => {
    return { reader, name: shownName(reader), mac: macOfReader(settings, reader, desk), hasCard: has };
  });
  return { service: 'running', readers };
}
