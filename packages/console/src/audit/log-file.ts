import { keyrack } from '../api/keyrack.ts';
import type { ExportedFile } from '../csv/use-export.ts';
import { serverNow } from '../time/server-clock.ts';
import { dayAndTimeAt } from '../time/zoned.ts';
import type { AuditSearch } from './audit-search.ts';

/** Lines that are put together before progress is told. */
const LINES = 500;

/** A whole log as it was hashed, a line for each record, so that anybody can compute its hashes anew. */
export function logFile(
  property: { readonly id: string; readonly number: string; readonly timeZone: string },
  log: AuditSearch['log'],
): ExportedFile {
  const { day } = dayAndTimeAt(serverNow(), property.timeZone);
  return {
    name: `audit-${log ?? property.number}-${day}.jsonl`,
    type: 'application/x-ndjson',
    async *pieces(signal) {
      let lines: string[] = [];
      let rows = 0;
      const records = keyrack.exportAudit(log === undefined ? { property: property.id } : {}, { signal });
      for await (const { line } of records) {
        lines.push(line);
        rows += 1;
        if (lines.length < LINES) continue;
        yield { text: `${lines.join('\n')}\n`, rows };
        lines = [];
      }
      if (lines.length > 0) yield { text: `${lines.join('\n')}\n`, rows };
    },
  };
}
