import { z } from 'zod';
import { askEndpoint, type ControlEndpoint, ControlError, startEndpoint } from '../control/index.ts';
import { UPDATE_CAUSES } from './update-failure.ts';
import type { Updates, UpdatesState } from './updates.ts';

/** In the agent's data folder: where another process of its user finds it. */
export const UPDATE_CONTROL_FILE = 'update-control.json';

const command = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('state') }),
  z.strictObject({ command: z.literal('look') }),
  z.strictObject({ command: z.literal('begin') }),
  z.strictObject({ command: z.literal('automatic'), on: z.boolean() }),
]);
export type UpdateCommand = z.infer<typeof command>;

const cause = z.enum(UPDATE_CAUSES).catch('failed');
const trouble = z.object({ cause, message: z.string() });
/** An agent of another version may answer: what it says besides is left out. */
const state = z.object({
  version: z.string(),
  unable: trouble.nullable(),
  automatic: z.boolean(),
  doing: z.enum(['nothing', 'asking', 'downloading', 'unpacking', 'waiting', 'changing-over']),
  offered: z.string().nullable(),
  trouble: trouble.nullable(),
  last: z
    .object({
      from: z.string(),
      to: z.string(),
      outcome: z.enum(['trial', 'done', 'failed', 'stopped']),
      cause: cause.nullable(),
      why: z.string().nullable(),
      at: z.number(),
    })
    .nullable(),
});

/** Lets `keyrack agent update` ask the agent that runs in a folder. */
export function startUpdateControl(updates: Updates, folder: string): Promise<ControlEndpoint> {
  return startEndpoint<UpdateCommand>(folder, {
    file: UPDATE_CONTROL_FILE,
    command,
    work: (asked) => {
      if (asked.command === 'look') updates.look();
      if (asked.command === 'begin') updates.begin();
      if (asked.command === 'automatic') updates.setAutomatic(asked.on);
      return updates.state();
    },
    failureOf: (error) => `the agent failed: ${error instanceof Error ? error.message : String(error)}`,
  });
}

/**
 * Asks the agent that runs in a folder, and resolves to how its updates stand then.
 * @throws ControlError
 */
export async function askUpdates(folder: string, asked: UpdateCommand): Promise<UpdatesState> {
  const notRunning = `No agent runs in ${folder}. Start it, or name its data folder with --data.`;
  const answer = await askEndpoint(folder, { file: UPDATE_CONTROL_FILE, name: 'the agent', notRunning }, asked);
  const parsed = state.safeParse(answer);
  if (!parsed.success) throw new ControlError('broken', 'the agent answered with something else than expected');
  return parsed.data;
}
