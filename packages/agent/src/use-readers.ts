import { AGENT_LIMITS } from '@keyrack/protocol';
import type { Clock } from './clock.ts';
import type { DeskAgent, DeskEncoder, Notice } from './desk/index.ts';
import {
  type ExplainedTrouble,
  explainService,
  macOfReader,
  openPcsc,
  type ReaderSettings,
  startPcscReaderSet,
  whyNoReader,
} from './encoder/index.ts';
import type { AgentLog } from './log.ts';

/** The card readers of this computer at a desk's disposal. */
export interface UsedReaders {
  /** The encoders that never change, and behind them the readers that are plugged in now. */
  encoders(): DeskEncoder[];
  /** Keeps the desk's list as readers come and go, and tells why none can, until what it returns is called. */
  keepUpToDate(desk: Pick<DeskAgent, 'setEncoders' | 'setNotice'>): () => Promise<void>;
  close(): Promise<void>;
}

export interface ReadersUse {
  readonly settings: ReaderSettings;
  /** Names this installation: the agent's id. */
  readonly installationId: string;
  readonly fixed: readonly DeskEncoder[];
  readonly clock: Clock;
  readonly log: AgentLog;
}

/** @throws PcscMissing */
export async function useReaders({ settings, installationId, fixed, clock, log }: ReadersUse): Promise<UsedReaders> {
  const macOf = (reader: string) => macOfReader(settings, reader, installationId);
  const whyNone = () => whyNoReader(process.platform);
  const readers = startPcscReaderSet({ port: await openPcsc(), clock, log, macOf, explain: explainService, whyNone });

  function encoders(): DeskEncoder[] {
    const plugged = readers
      .encoders()
      .map((encoder) => ({ encoder, forSignedIn: encoder.mac === settings.forSignedIn }));
    return [...fixed, ...plugged].slice(0, AGENT_LIMITS.encoders);
  }

  return {
    encoders,
    keepUpToDate: (agent) => {
      // Changes take turns: one may have to wait for a card that is being written.
      let changing = Promise.resolve();
      const change = () => {
        changing = changing.then(() => agent.setEncoders(encoders()));
      };
      const tellTrouble = () => agent.setNotice('the PC/SC service', noticeOf(readers.trouble()));
      const ends = [readers.onChange(change), readers.onTrouble(tellTrouble)];
      change();
      tellTrouble();
      return async () => {
        for (const end of ends) end();
        await changing;
      };
    },
    close: readers.close,
  };
}

function noticeOf(trouble: ExplainedTrouble | null): Notice | null {
  if (trouble === null) return null;
  const message = `${trouble.text.slice(0, 1).toUpperCase()}${trouble.text.slice(1)}`;
  return { cause: `pcsc-${trouble.trouble}`, message };
}
