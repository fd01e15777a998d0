import { journalId, journalPosition } from '@keyrack/protocol';
import { z } from 'zod';
import { type Disk, placeFile } from './disk.ts';
import { JournalError } from './journal-error.ts';
import { JOURNAL_FORMAT, refuseNewerFormat } from './segment.ts';

/** The file that says which journal of the folder is in use and how much of it the server has acknowledged. */
export const STANDING_FILE = 'standing.json';

const progress = z.strictObject({
  version: z.literal(JOURNAL_FORMAT),
  journal: journalId,
  acknowledged: journalPosition.nullable(),
});
export type JournalProgress = Omit<z.infer<typeof progress>, 'version'>;

/** @throws JournalError damaged, newer */
export async function readProgress(disk: Disk): Promise<JournalProgress | null> {
  const bytes = await disk.read(STANDING_FILE);
  if (bytes === null) return null;
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    refuseNewerFormat(STANDING_FILE, json);
    const { journal, acknowledged } = progress.parse(json);
    return { journal, acknowledged };
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError('damaged', `The journal's ${STANDING_FILE} can't be understood.`);
  }
}

/** Replaces the file at one instant: whatever dies, either the old or the new content is there. */
export async function keepProgress(disk: Disk, { journal, acknowledged }: JournalProgress): Promise<void> {
  const text = `${JSON.stringify({ version: JOURNAL_FORMAT, journal, acknowledged })}\n`;
  await placeFile(disk, STANDING_FILE, Buffer.from(text, 'utf8'));
}
