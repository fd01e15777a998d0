import { isProblem, type Operation, OperationFailed, OperationOpen } from '@keyrack/sdk';
import type { Connection } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
import type { Property } from './choose-property.ts';

type Asked = Parameters<Connection['keyrack']['operations']['create']>[0];
type WithoutProperty<Wished> = Wished extends unknown ? Omit<Wished, 'property'> : never;

/** What is asked for at an encoder. */
export type Wish = WithoutProperty<Asked>;

/**
 * Asks for it and waits for its end, whatever that is. With Ctrl-C it is withdrawn: a card that somebody lays there later must
 * not be written for a command that nobody waits for. Throws what didn't succeed as OperationFailed or OperationOpen.
 */
export async function carryOut(
  connection: Connection,
  terminal: Terminal,
  property: Property,
  wish: Wish,
): Promise<Operation> {
  const given = { property: property.id, ...wish } as Asked;
  const begun = await connection.keyrack.operations.create(given);
  return awaitEnd(connection, terminal, property, begun);
}

export async function awaitEnd(
  { keyrack }: Connection,
  terminal: Terminal,
  property: Property,
  begun: Operation,
): Promise<Operation> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  terminal.progress?.(`${orderOf(begun)} …`);
  const which = { property: property.id, operation: begun.id };
  try {
    return await keyrack.waitForOperation(which, { signal: stop.signal });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    const { copy } = begun;
    const isOver = await (copy === null
      ? keyrack.operations.withdraw(which)
      : keyrack.copySets.withdraw({ property: property.id, set: copy.set })
    ).then(
      () => true,
      (failed: unknown) => {
        if (!isProblem(failed, 'not-in-this-state')) throw failed;
        return false;
      },
    );
    throw new CommandFailure(
      isOver
        ? `It was withdrawn. See \`keyrack operations show ${begun.id}\`.`
        : `The card is being written and can't be stopped. See \`keyrack operations show ${begun.id}\`.`,
    );
  } finally {
    process.removeListener('SIGINT', interrupt);
    terminal.progress?.('');
  }
}

/** E.g. "Card 2 of 3: lay a card on Left encoder". */
function orderOf({ kind, copy, serial, encoder }: Operation): string {
  const where = encoder.name ?? encoder.mac;
  const what = kind === 'cancel' ? `lay card ${serial} on ${where}` : `lay a card on ${where}`;
  if (copy !== null) return `Card ${copy.number} of ${copy.of}: ${what}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
}

/** Pause between two looks at a set whose next card is about to be asked for. Milliseconds. */
const LOOK_AGAIN_MS = 200;

type CopySet = Awaited<ReturnType<Connection['keyrack']['copySets']['get']>>;

/** Equal cards, one after the other, until the set is done or stopped. */
export async function awaitCopies(
  connection: Connection,
  terminal: Terminal,
  property: Property,
  first: Operation,
): Promise<CopySet> {
  const of = { property: property.id, set: first.copy?.set ?? '' };
  for (let current = first; ; ) {
    const ended = await awaitEnd(connection, terminal, property, current).catch((error: unknown) => {
      if (error instanceof OperationFailed) return error.operation;
      throw error;
    });
    const { copy, serial, state } = ended;
    // A person who makes several sees what became of each.
    if (copy !== null && terminal.progress !== undefined)
      terminal.err(`Card ${copy.number} of ${copy.of}: ${state}${serial === null ? '' : `, ${serial}`}`);
    for (;;) {
      const set = await connection.keyrack.copySets.get(of);
      const next = set.operations.find((each) => (each.copy?.number ?? 0) > (ended.copy?.number ?? 0));
      if (next !== undefined) {
        current = next;
        break;
      }
      if (set.state !== 'running') return set;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}

/** The operation that an end without success is about; anything else is thrown on. */
export function endOf(error: unknown): { readonly operation: Operation; readonly message: string } {
  if (error instanceof OperationFailed || error instanceof OperationOpen)
    return { operation: error.operation, message: error.message };
  throw error;
}
