import type { Mac } from '@keyrack/protocol';
import type { Clock } from '../../clock.ts';
import { openPcsc, PcscMissing } from './native/reader-process.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { PcscPort } from './pcsc-port.ts';
import { cleanName } from './reader-name.ts';
import { macOfReader, type ReaderSettings } from './reader-settings.ts';
import { whatKernelHolds, whyNoReader } from './why-no-reader.ts';
import { type ServiceTrouble, serviceText, thisSystem, whyNoService } from './why-no-service.ts';

export interface ListedReader {
  /** As PC/SC calls it, and as a terminal may show it. */
  readonly reader: string;
  readonly name: string;
  /** The MAC that it would answer to; null when it isn't used. */
  readonly mac: Mac | null;
  /** Whether a card lies there, of whatever kind. */
  readonly hasCard: boolean;
}

export type ReaderList =
  | {
      readonly service: 'running';
      readonly readers: readonly ListedReader[];
      /** Why there is none, and what to do; null when there are some. */
      readonly whyNone: string | null;
      /** Which further reader the system keeps from PC/SC, and what to do; null where none is known. */
      readonly heldByKernel: string | null;
    }
  /** `missing`: PC/SC isn't installed. Else it is, and can't be used. The message says what to do. */
  | { readonly service: 'missing' | Exclude<ServiceTrouble, 'passing'>; readonly message: string };

/** Looks once which readers are plugged in, without touching a card. May be called while an agent uses them. */
export async function listReaders(settings: ReaderSettings, installationId: string, clock: Clock): Promise<ReaderList> {
  let port: PcscPort;
  try {
    port = await openPcsc();
  } catch (error) {
    if (error instanceof PcscMissing) return { service: 'missing', message: error.message };
    throw error;
  }
  try {
    const looked = await lookOnce(port, clock);
    if (looked.failed !== null) {
      const system = thisSystem(process.env);
      const trouble = await whyNoService(looked.failed, system);
      const service = trouble === 'passing' ? 'ends-at-once' : trouble;
      return { service, message: `The readers can't be listed: ${serviceText(trouble, looked.failed, system)}` };
    }
    const readers = Array.from(looked.hasCard, ([reader, has]) => {
      return { reader, name: cleanName(reader), mac: macOfReader(settings, reader, installationId), hasCard: has };
    });
    const { platform } = process;
    return readers.length === 0
      ? { service: 'running', readers, whyNone: whyNoReader(platform), heldByKernel: null }
      : { service: 'running', readers, whyNone: null, heldByKernel: whatKernelHolds(platform) };
  } finally {
    await port.close();
  }
}

/** Until the service has told of all its readers, or for so long as that should take. */
function lookOnce(port: PcscPort, clock: Clock): Promise<{ hasCard: Map<string, boolean>; failed: string | null }> {
  const hasCard = new Map<string, boolean>();
  return new Promise((resolve) => {
    const timer = clock.setTimeout(() => end(null), PCSC_LIMITS.listMs);
    const end = (failed: string | null) => {
      clock.clearTimeout(timer);
      resolve({ hasCard, failed });
    };
    port.start({
      ready: () => end(null),
      changed: (reader, { present }) => void hasCard.set(reader, present),
      gone: (reader) => void hasCard.delete(reader),
      failed: end,
    });
  });
}
