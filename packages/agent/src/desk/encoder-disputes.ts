import type { Mac } from '@keyrack/protocol';
import type { WorkMessage } from '../link/index.ts';
import type { AgentLog } from '../log.ts';
import type { DeskWorkers } from './desk-workers.ts';

export interface EncoderDisputes {
  /** The encoders that other front desks have too, and the names of these. */
  all(): ReadonlyMap<Mac, readonly string[]>;
  take(named: Extract<WorkMessage, { type: 'disputes' }>['disputes']): void;
  /** The connection is over: the next one tells anew. */
  lost(): void;
}

/** Keeps what the server says of encoders that another front desk has too. Their workers stand down. */
export function watchDisputes(workers: Pick<DeskWorkers, 'of'>, log: AgentLog): EncoderDisputes {
  let disputes: ReadonlyMap<Mac, readonly string[]> = new Map();
  return {
    all: () => disputes,
    take: (named) => {
      const before = disputes;
      // A name may be empty; that another desk has the encoder counts.
      disputes = new Map(named.map(({ encoder, others }) => [encoder, others]));
      for (const [encoder, others] of disputes) {
        workers.of(encoder)?.standDown();
        if (!before.has(encoder)) log.warn({ encoder, others }, 'another front desk has this encoder too');
      }
      for (const encoder of before.keys())
        if (!disputes.has(encoder)) log.info({ encoder }, 'no other front desk has this encoder any more');
    },
    lost: () => {
      disputes = new Map();
    },
  };
}
