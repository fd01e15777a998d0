import { createKeyrack, isProblem, isUnreachable, type Keyrack, type KeyrackProblem } from '@keyrack/sdk';
import { CommandFailure, usageError } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
import { type FoundServer, findServer } from './find-server.ts';

/** A server that takes commands, and how it is called. */
export interface Connection {
  readonly keyrack: Keyrack;
  readonly server: FoundServer;
}

/** How the person who typed a command knows fields of the request, where that isn't `--NAME`. */
export type TypedNames = Readonly<Record<string, string>>;

/**
 * Does something at the server that is meant. What the server refuses, and that it can't be reached, is thrown as a
 * CommandFailure; a value that it doesn't take as a mistake in what was typed.
 */
export async function administer<Result>(
  terminal: Terminal,
  options: { readonly data?: string },
  work: (connection: Connection) => Promise<Result>,
  typed: TypedNames = {},
): Promise<Result> {
  const server = await findServer(terminal, options);
  const keyrack = createKeyrack({ url: server.url, key: server.key, userAgent: 'keyrack-cli' });
  try {
    return await work({ keyrack, server });
  } catch (error) {
    throw isProblem(error) || isUnreachable(error) ? explainFailure(error, server, typed) : error;
  }
}

function explainFailure(error: Error, { name, wrongKey }: FoundServer, typed: TypedNames): CommandFailure {
  if (isUnreachable(error)) {
    if (error.reason === 'not-keyrack') return new CommandFailure(error.message);
    const what =
      error.reason === 'timeout'
        ? "hasn't answered in time"
        : error.mayBeDone
          ? 'broke off before it answered'
          : "can't be reached";
    const done = error.mayBeDone ? ', so whether the command was carried out is not known' : '';
    return new CommandFailure(`The server on ${name} ${what}${done}. See that it runs, and its log.`);
  }
  const problem = error as KeyrackProblem;
  if (problem.problem === 'unauthorized') return new CommandFailure(wrongKey);
  if (problem.problem === 'invalid-request' && problem.errors.length > 0) {
    const sentences = problem.errors.map(
      ({ path, detail }) =>
        `${nameOf(path, typed)} can't be used: ${/^[a-z]/.test(detail) ? 'it ' : ''}${withoutEnd(detail)}.`,
    );
    return usageError(sentences.join('\n'));
  }
  return new CommandFailure(withCards(problem));
}

/** What was typed, e.g. `--area-code`; of a list, the whole of it. */
function nameOf(path: string, typed: TypedNames): string {
  const [field = ''] = path.split('.');
  const dashed = field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return typed[path] ?? typed[field] ?? `--${dashed}`;
}

function withoutEnd(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** The advice alone where it says all, and the cards that are in the way. */
function withCards({ title, detail, problem, body }: KeyrackProblem): string {
  const sentence = problem === 'refused' ? detail : `${title}. ${detail}`;
  const { cards } = body as { readonly cards?: readonly { readonly serial: string | null; validUntil: string }[] };
  if (!Array.isArray(cards)) return sentence;
  return [sentence, ...cards.map((card) => `  ${card.serial ?? '(being issued)'} until ${card.validUntil}`)].join('\n');
}
