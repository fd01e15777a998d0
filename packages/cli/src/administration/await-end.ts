import { isProblem, type Operation, OperationFailed, OperationOpen } from '@keyrack/sdk';
import type { Connection } from '../connection/administer.ts';
import { CommandFailure, EXIT } from '../exit.ts';
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
  return untilInterrupted(async (stop) => {
    const begun = await connection.keyrack.operations.create(given);
    return awaitEnd(connection, terminal, property, begun, stop);
  });
}

/** After a first Ctrl-C, another one ends the command at once once so much time has passed. Milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * Runs it with a signal that Ctrl-C aborts. Heard from before anything is asked for: a press in between would leave an operation
 * that waits at the encoder.
 */
async function untilInterrupted<Result>(work: (stop: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  let firstAt = 0;
  const interrupt = () => {
    if (!stop.signal.aborted) firstAt = performance.now();
    else if (performance.now() - firstAt > PATIENCE_MS) process.exit(EXIT.failed);
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

async function awaitEnd(
  { keyrack }: Connection,
  terminal: Terminal,
  property: Property,
  begun: Operation,
  stop: AbortSignal,
): Promise<Operation> {
  terminal.progress?.(`${orderOf(begun)} …`);
  const which = { property: property.id, operation: begun.id };
  try {
    return await keyrack.waitForOperation(which, { signal: stop });
  } catch (error) {
    if (!stop.aborted) throw error;
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
export async function carryOutCopies(
  connection: Connection,
  terminal: Terminal,
  property: Property,
  wish: Wish,
): Promise<CopySet> {
  const given = { property: property.id, ...wish } as Asked;
  return untilInterrupted(async (stop) => {
    const first = await connection.keyrack.operations.create(given);
    const of = { property: property.id, set: first.copy?.set ?? '' };
    for (let current = first; ; ) {
      const ended = await awaitEnd(connection, terminal, property, current, stop).catch((error: unknown) => {
        if (error instanceof OperationFailed) return error.operation;
        throw error;
      });
      const { copy, serial, state } = ended;
      // A person who makes several sees what became of each.
      if (copy !== null && terminal.progress !== undefined)
        terminal.err(`Card ${copy.number} of ${copy.of}: ${state}${serial === null ? '' : `, ${serial}`}`);
      const next = await nextCopy(connection, of, copy?.number ?? 0);
      if ('state' in next && 'left' in next) return next;
      current = next;
    }
  });
}

/** The operation of the next card once it is asked for; the set once no further one comes. */
async function nextCopy(
  { keyrack }: Connection,
  of: { readonly property: string; readonly set: string },
  number: number,
): Promise<Operation | CopySet> {
  for (;;) {
    const set = await keyrack.copySets.get(of);
    const next = set.operations.find((each) => (each.copy?.number ?? 0) > number);
    if (next !== undefined) return next;
    if (set.state !== 'running') return set;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** The operation that an end without success is about; anything else is thrown on. */
export function endOf(error: unknown): { readonly operation: Operation; readonly message: string } {
  if (error instanceof OperationFailed || error instanceof OperationOpen)
    return { operation: error.operation, message: error.message };
  throw error;
}
