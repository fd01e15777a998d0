import { z } from 'zod';
import type { CommandName } from './commands.ts';
import { readOperatorFile } from './operator-file.ts';

/** A value of a command that can't be: where it stands in the input, and what it may be ("is …"). */
export interface WrongValue {
  readonly path: readonly string[];
  readonly expected: string;
}

/** The command wasn't carried out; the message says why, and what to do. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  /** Where a value is wrong: whoever typed it knows it by another name than the input's. */
  readonly wrong: WrongValue | null;

  constructor(message: string, wrong: WrongValue | null = null) {
    super(message);
    this.wrong = wrong;
  }
}

const wrongValue = z.object({ path: z.array(z.string()), expected: z.string() });
const answer = z.union([
  z.object({ result: z.unknown() }),
  z.object({ error: z.string(), wrong: wrongValue.optional() }),
]);

/** Gives a command to the server that runs on this data folder. Throws an OperatorError. */
export async function operate(folder: string, command: CommandName, input: Record<string, unknown>): Promise<unknown> {
  const address = await readOperatorFile(folder);
  const notRunning = new OperatorError(`No server runs on ${folder}; start it, or name its data folder with --data.`);
  if (address === null) throw notRunning;
  const response = await fetch(`http://127.0.0.1:${address.port}/${command}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  }).catch(() => {
    throw notRunning;
  });
  const told = answer.safeParse(await response.json().catch(() => null));
  if (!told.success) throw new OperatorError('The server gave no proper answer; see its log.');
  if ('error' in told.data) throw new OperatorError(told.data.error, told.data.wrong ?? null);
  return told.data.result;
}
