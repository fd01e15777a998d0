import { DatabaseSync } from 'node:sqlite';

export interface OpenOperation {
  readonly id: string;
  readonly state: 'accepted' | 'granted' | 'unknown';
  readonly serial: string | null;
  readonly cause: string | null;
}

/** The operations that aren't over, read beside the server that is at work on them. */
export function openOperations(file: string): OpenOperation[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database
      .prepare("SELECT id, state, serial, cause FROM operations WHERE state IN ('accepted', 'granted', 'unknown')")
      .all();
    return rows as unknown as OpenOperation[];
  } finally {
    database.close();
  }
}
