import { linesOf } from './event-stream.ts';
import { openStream, SILENCE_MS, type StreamWire } from './open-stream.ts';
import type { CallOptions } from './operation-types.ts';
import { KeyrackProblem, KeyrackUnreachable } from './problems.ts';
import { mayRepeat, pauseBefore, RETRIES } from './retry-rules.ts';
import { triedBy } from './send-request.ts';
import { pause } from './time-limit.ts';

export interface ExportInput {
  /** Id or number of a property; without one, the log of the installation. */
  readonly property?: string | undefined;
  /** Only records behind this number, e.g. the last one of an earlier export. */
  readonly after?: number | undefined;
}

export interface ExportOptions extends Pick<CallOptions, 'signal' | 'headers'> {
  /** How often in a row it may fail to connect: 3 unless told. */
  readonly retries?: number | undefined;
}

/** A record of an audit log, as `AuditExportLine` of the document says. */
export interface ExportedRecord {
  readonly number: number;
  /** The line as it came: its bytes are what whoever checks the hashes needs. */
  readonly line: string;
}

/**
 * An audit log, record by record, up to the one that was the newest when it began. A connection that breaks off is made again
 * behind the last record. An export that ends early goes on, too: a server that stops ends its answers.
 */
export async function* exportAudit(
  wireAfter: (after: number) => StreamWire,
  newest: number,
  { after: first = 0 }: ExportInput,
  { signal, retries = RETRIES.usual }: ExportOptions,
): AsyncGenerator<ExportedRecord, void> {
  let after = first;
  for (let failures = 0; after < newest; ) {
    const connection = openStream(wireAfter(after), {
      ...{ signal, timeoutMs: SILENCE_MS },
      accept: 'application/x-ndjson',
    });
    const began = after;
    let failed: KeyrackProblem | KeyrackUnreachable | null = null;
    try {
      for await (const line of linesOf(connection.pieces())) {
        if (line === '') continue;
        const { number } = JSON.parse(line) as { readonly number: number };
        after = number;
        yield { number, line };
        if (after >= newest) return;
      }
    } catch (error) {
      if (!(error instanceof KeyrackProblem) && !(error instanceof KeyrackUnreachable)) throw error;
      failed = error;
    } finally {
      connection.end();
    }
    failures = after > began ? 1 : failures + 1;
    const again = { method: 'GET', hasIdempotencyKey: false, hasIfMatch: false };
    failed ??= new KeyrackUnreachable(`The export ended behind record ${after}, before the newest, ${newest}.`, {
      ...{ reason: 'connection', mayBeDone: true },
    });
    const ms = pauseBefore(failures, failed.retryAfterMs, Math.random());
    if (failures > retries || ms === null || !mayRepeat(again, triedBy(failed))) throw failed;
    await pause(ms, signal);
  }
}
