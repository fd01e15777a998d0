import {
  AGENT_LIMITS,
  type JournalPosition,
  TAKES_JOURNAL_IN_PARTS,
  TELLS_LIFTING,
  unfinishedOf,
} from '@keyrack/protocol';
import type { Journal } from '../journal/index.ts';
import type { AgentSide, ServerConnection } from '../link/index.ts';
import type { AgentLog } from '../log.ts';
import type { DeskWorkers } from './desk-workers.ts';
import type { Reports } from './report-records.ts';
import type { WritesInProgress } from './writes-in-progress.ts';

export interface TellJournalParts {
  readonly journal: Journal;
  readonly log: AgentLog;
  readonly writesInProgress: WritesInProgress;
  readonly reports: Pick<Reports, 'caughtUp'>;
  readonly workers: Pick<DeskWorkers, 'tellLifted'>;
}

/**
 * The message that tells the server the records behind its position: a part of a long journal, or the rest of it with
 * what the server needs to welcome this agent. Null where it can't be told.
 */
export function tellJournal(
  { journal, log, writesInProgress, reports, workers }: TellJournalParts,
  from: ServerConnection,
  position: JournalPosition,
): ReturnType<AgentSide['catchUp']> {
  // The server decides what an unknown position means; a person may want to know why it decides as it does.
  if (!journal.contains(position))
    log.error({ number: position.number }, "the server's position is not in this journal");
  else journal.acknowledge(position);
  const records = journal.recordsAfter(position.number);
  const inParts = from.protocol() >= TAKES_JOURNAL_IN_PARTS;
  if (inParts && records.length > AGENT_LIMITS.partRecords) {
    const part = records.slice(0, AGENT_LIMITS.partRecords);
    log.info({ from: position.number, records: records.length }, 'the journal is told in several messages');
    return {
      type: 'records',
      records: [...part],
      unfinished: unfinishedOf(part, records),
      inProgress: writesInProgress.list(),
    };
  }
  if (records.length > AGENT_LIMITS.catchUpRecords) {
    log.error({ records: records.length }, 'the server lacks more records than one message holds');
    return null;
  }
  reports.caughtUp(from, position);
  const lifted = workers.tellLifted(from);
  return {
    type: 'catch-up',
    records: [...records],
    inProgress: writesInProgress.list(),
    ...(from.protocol() >= TELLS_LIFTING && { lifted }),
  };
}
