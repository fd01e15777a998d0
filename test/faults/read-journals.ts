import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSegment } from '@keyrack/agent/journal/segment.ts';
import type { JournalId, JournalRecord } from '@keyrack/protocol';

/** Every record of every journal in a folder, oldest first within a journal. Throws for one that is damaged. */
export function readJournals(folder: string): JournalRecord[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.journal'))
    .sort()
    .flatMap((file) => readSegment(file, file.slice(0, 36) as JournalId, readFileSync(join(folder, file))).records);
}
