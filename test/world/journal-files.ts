import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalFolder } from '@keyrack/agent';
import { readFramedLines } from '@keyrack/agent/journal/framed-line.ts';
import { type JournalRecord, journalRecord } from '@keyrack/protocol';

/** The records on the disk of an agent, running or not, in their order. */
export function journaled(agentFolder: string): JournalRecord[] {
  const folder = journalFolder(agentFolder);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.journal'))
    .sort()
    .flatMap((name) => readFramedLines(readFileSync(join(folder, name))).lines)
    .flatMap(({ value }) => journalRecord.safeParse(value).data ?? []);
}
