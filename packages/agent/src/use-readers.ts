import { AGENT_LIMITS } from '@keyrack/protocol';
import type { Clock } from './clock.ts';
import type { DeskAgent, DeskEncoder } from './desk/index.ts';
import {
  explainService,
  macOfReader,
  openPcsc,
  type ReaderSettings,
  startPcscDesk,
  whyNoReader,
} from './encoder/index.ts';
import type { AgentLog } from './log.ts';

/** The card readers of this computer at a desk's disposal. */
export interface UsedReaders {
  /** The encoders that never change, and behind them the readers that are plugged in now. */
  encoders(): DeskEncoder[];
  /** Keeps the desk's list as readers come and go, until what it returns is called. */
  keepUpToDate(desk: Pick<DeskAgent, 'setEncoders'>): () => Promise<void>;
  close(): Promise<void>;
}

export interface ReadersUse {
  readonly settings: ReaderSettings;
  /** Names this installation: the agent's id. */
  readonly desk: string;
  readonly fixed: readonly DeskEncoder[];
  readonly clock: Clock;
  readonly log: AgentLog;
}

/** @throws PcscMissing */
export async function useReaders({ settings, desk, fixed, clock, log }: ReadersUse): Promise<UsedReaders> {
  const macOf = (reader: string) => macOfReader(settings, reader, desk);
  const whyNone = () => whyNoReader(process.platform);
  const readers = startPcscDesk({ port: await openPcsc(), clock, log, macOf, explain: explainService, whyNone });

  function encoders(): DeskEncoder[] {
    const plugged = readers
      .encoders()
      .map((encoder) => ({ encoder, forSignedIn: encoder.mac === settings.forSignedIn }));
    return [...fixed, ...plugged].slice(0, AGENT_LIMITS.encoders);
  }

  return {
    encoders,
    keepUpToDate: (agent) => {
      // One after the other: a change may have to wait for a card that is being written.
      let changing = Promise.resolve();
      const change = () => {
        changing = changing.then(() => agent.setEncoders(encoders()));
      };
      const end = readers.onChange(change);
      change();
      return async () => {
        end();
        await changing;
      };
    },
    close: readers.close,
  };
}
