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

/**
 * As long as an answer is waited for. A large import takes seconds. A verification gives way to card work and grows with the
 * log, by some ten seconds a million records, so that it has hours. Milliseconds.
 */
export function answerWaitMs(command: CommandName): number {
  return command === 'audit-verify' ? 6 * 3_600_000 : 60_000;
}

/** Gives a command to the server that runs on this data folder. Throws an OperatorError. */
export async function operate(
  folder: string,
  command: CommandName,
  input: Record<string, unknown>,
  waitMs = answerWaitMs(command),
): Promise<unknown> {
  const address = await readOperatorFile(folder);
  if (address === null) throw notRunning(folder);
  let text: string;
  try {
    const response = await fetch(`http://127.0.0.1:${address.port}/${command}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(waitMs),
    });
    text = await response.text();
  } catch (error) {
    throw withoutAnswer(folder, error, waitMs);
  }
  const parsed = answer.safeParse(parse(text));
  if (!parsed.success) throw new OperatorError('The server gave no proper answer; see its log.');
  if ('error' in parsed.data) throw new OperatorError(parsed.data.error, parsed.data.wrong ?? null);
  return parsed.data.result;
}

function notRunning(folder: string): OperatorError {
  return new OperatorError(`No server runs on ${folder}; start it, or name its data folder with --data.`);
}

/** Only where nobody took the connection is it sure that nothing was carried out. */
function withoutAnswer(folder: string, error: unknown, waitMs: number): OperatorError {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (cause?.code === 'ECONNREFUSED') return notRunning(folder);
  const what =
    name === 'TimeoutError' ? `hasn't answered for ${Math.round(waitMs / 1_000)} s` : 'broke off before it answered';
  return new OperatorError(
    `The server on ${folder} ${what}, so whether the command was carried out isn't known. See that it runs, and its log.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
