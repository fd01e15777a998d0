import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { putFileSync, writeDurably } from '../durable-files.ts';
import { UPDATE_CAUSES } from './update-failure.ts';

const version = z.string().max(40);
/** What became of the last update of an agent. Later versions may add fields; those that this one doesn't know are left out. */
const record = z.object({
  version: z.literal(1),
  last: z.object({
    from: version,
    to: version,
    /** `trial`: the new version was being tried; when it stands there at a start, the trial was cut off. */
    outcome: z.enum(['trial', 'done', 'failed', 'stopped']),
    cause: z.enum(UPDATE_CAUSES).nullable().catch(null),
    why: z.string().max(1_000).nullable(),
    /** Unix milliseconds. */
    at: z.number(),
  }),
});
export type LastUpdate = z.infer<typeof record>['last'];

const choice = z.object({ version: z.literal(1), automatic: z.boolean() });

/** In the agent's data folder. The process that tries versions writes it, and no other. */
export const RECORD_FILE = 'last-update.json';
/** In the agent's data folder: whether it updates by itself. The agent writes it. */
export const CHOICE_FILE = 'update-choice.json';

/** Null where there was none, or nobody can tell any more: that must keep no agent from starting. */
export async function readLastUpdate(folder: string): Promise<LastUpdate | null> {
  return record.safeParse(await readJson(join(folder, RECORD_FILE))).data?.last ?? null;
}

export function keepLastUpdate(folder: string, last: LastUpdate): Promise<void> {
  return writeDurably(join(folder, RECORD_FILE), `${JSON.stringify({ version: 1, last })}\n`, 0o600);
}

/** Off unless somebody chose otherwise. */
export async function readAutomatic(folder: string): Promise<boolean> {
  return choice.safeParse(await readJson(join(folder, CHOICE_FILE))).data?.automatic ?? false;
}

export function keepAutomatic(folder: string, automatic: boolean): void {
  putFileSync(join(folder, CHOICE_FILE), `${JSON.stringify({ version: 1, automatic })}\n`);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
