import type { JournalPosition, JournalRecord } from '@keyrack/protocol';
import type { Clock, Timer } from '../clock.ts';
import type { Journal } from '../journal/index.ts';
import { LINK_LIMITS, obstacle, type ServerConnection } from '../link/index.ts';
import type { AgentLog } from '../log.ts';

/** Tells the server what the journal holds behind its cursor, one message at a time. */
export interface Reports {
  /**
   * A connection caught up from that position with all records there were. It counts as a report under way: its
   * `acknowledge` says where the next one begins.
   */
  caughtUp(connection: ServerConnection, cursor: JournalPosition): void;
  welcomed(connection: ServerConnection): void;
  lost(connection: ServerConnection): void;
  /** A result was journaled: report up to here. */
  resultJournaled(): void;
  acknowledged(connection: ServerConnection, position: JournalPosition): void;
}

/** The connection that records are reported on, and how far. */
interface ReportingConnection {
  readonly connection: ServerConnection;
  /** The server's cursor, by its own word on this connection. A report has to begin right behind it. */
  cursor: number;
  /** The number of the last record that was sent on this connection. */
  sentTo: number;
  /** Runs while a report isn't acknowledged. Until then no second one is sent: it wouldn't know where to begin. */
  underWay: Timer | null;
  welcomed: boolean;
}

export function startReports({
  journal,
  clock,
  log,
  records,
}: {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: AgentLog;
  /** Records in one report at most. */
  readonly records: number;
}): Reports {
  let reporting: ReportingConnection | null = null;
  /** The number of the last record that a result was journaled with. */
  let wanted = 0;

  function send(): void {
    if (reporting === null || !reporting.welcomed || reporting.underWay !== null || wanted <= reporting.sentTo) return;
    const batch: readonly JournalRecord[] = journal.recordsAfter(reporting.cursor).slice(0, records);
    const last = batch.at(-1);
    if (last === undefined) return;
    reporting.sentTo = last.number;
    reporting.underWay = awaitAcknowledgement(reporting.connection);
    reporting.connection.send({ type: 'report', records: [...batch] });
    log.info({ from: batch[0]?.number, to: last.number }, 'records reported');
  }

  function awaitAcknowledgement(connection: ServerConnection): Timer {
    return clock.setTimeout(
      () => connection.close(obstacle('not-acknowledged', 'a report was not acknowledged in time')),
      LINK_LIMITS.reportMs,
    );
  }

  function done(): void {
    if (reporting?.underWay) clock.clearTimeout(reporting.underWay);
    if (reporting) reporting.underWay = null;
  }

  return {
    caughtUp: (connection, cursor) => {
      done();
      const sentTo = journal.head().number;
      reporting = { connection, cursor: cursor.number, sentTo, underWay: null, welcomed: false };
      // The handshake has its own limit; the acknowledgement has to come within that of a report after it.
      reporting.underWay = clock.setTimeout(
        () => connection.close(obstacle('not-acknowledged', 'the catch-up was not acknowledged in time')),
        LINK_LIMITS.handshakeMs + LINK_LIMITS.reportMs,
      );
    },
    welcomed: (connection) => {
      if (reporting?.connection !== connection) return;
      reporting.welcomed = true;
      send();
    },
    lost: (connection) => {
      if (reporting?.connection !== connection) return;
      done();
      reporting = null;
    },
    resultJournaled: () => {
      wanted = journal.head().number;
      send();
    },
    acknowledged: (connection, position) => {
      if (reporting?.connection !== connection) return;
      if (!journal.acknowledge(position)) {
        log.error({ number: position.number }, 'the server acknowledged what is not in this journal');
        connection.close(obstacle('not-acknowledged', 'it acknowledged what is not in this journal'));
        return;
      }
      done();
      reporting.cursor = position.number;
      send();
    },
  };
}
