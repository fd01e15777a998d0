import { BLANK, type JournalRecord, type Nonce, type Serial, type WriteEntry } from '@keyrack/protocol';
import { DESK_LIMITS } from './desk-limits.ts';
import type { CardToCheck, RecentOperation } from './encoder-state.ts';

/**
 * The past that a person at the desk should know: the last operations, and cards whose content nobody can vouch for.
 *
 * After a restart of the agent, the journal tells of every write, without its room and encoder. Reads, refusals and
 * withdrawals were never journaled, so they are forgotten.
 */
export interface History {
  /** The newest first, each operation once. */
  recent(): readonly RecentOperation[];
  /** The newest first, each card once. */
  toCheck(): readonly CardToCheck[];
  /** @param number of the journal record that tells of it; 0 where none does */
  add(operation: RecentOperation, number: number): void;
  /** The server was told what that card holds. */
  settled(serial: Serial): void;
  /** The cards whose content the server needs. Another one whose record it has was settled elsewhere. */
  needed(serials: readonly Serial[], acknowledged: number): void;
}

/** The one sentence about a write that a restart of this program cut off. */
const CUT_OFF = 'The agent was restarted in the middle of the write; read the card to learn what it holds.';

/** @param records all that the journal keeps */
export function startHistory(records: readonly JournalRecord[]): History {
  let recent: readonly RecentOperation[] = [];
  /** With the number of the journal record that tells of it. The oldest first. */
  const checks = new Map<Serial, CardToCheck & { readonly number: number }>();

  function add(operation: RecentOperation, number: number): void {
    recent = rememberRecent(recent, operation);
    const { serial, outcome } = operation;
    if (serial === null) return;
    if (outcome === 'unknown' || outcome === 'damaged') {
      checks.delete(serial);
      checks.set(serial, { operation: operation.operation, serial, outcome, at: operation.at, number });
    } else if (vouchesFor(outcome, checks.get(serial))) {
      checks.delete(serial);
    }
  }

  for (const { number, operation } of journaledOperations(records)) add(operation, number);
  return {
    recent: () => recent,
    toCheck: () => Array.from(checks.values(), ({ number: _, ...check }) => check).reverse(),
    add,
    settled: (serial) => {
      if (checks.get(serial)?.outcome === 'unknown') checks.delete(serial);
    },
    needed: (serials, acknowledged) => {
      for (const { serial, outcome, number } of [...checks.values()]) {
        if (outcome === 'unknown' && number <= acknowledged && !serials.includes(serial)) checks.delete(serial);
      }
    },
  };
}

/** A damaged card stays one until something was written to it in full; an unknown one until it was read. */
function vouchesFor(outcome: RecentOperation['outcome'], check: CardToCheck | undefined): boolean {
  if (outcome === 'succeeded') return true;
  return check?.outcome === 'unknown' && (outcome === 'read' || outcome === 'rejected');
}

/** Puts an operation's newest state first and forgets the oldest. */
function rememberRecent(recent: readonly RecentOperation[], newest: RecentOperation): RecentOperation[] {
  const others = recent.filter(({ operation }) => operation !== newest.operation);
  return [newest, ...others].slice(0, DESK_LIMITS.recent);
}

/** Every write of the journal with how it ended. A write without a result was cut off, since nothing is under way at a start. */
function journaledOperations(
  records: readonly JournalRecord[],
): readonly { readonly number: number; readonly operation: RecentOperation }[] {
  const writes = new Map<Nonce, { number: number; operation: RecentOperation }>();
  for (const { number, at, entry } of records) {
    if (entry.type === 'write') {
      writes.set(entry.nonce, { number, operation: cutOff(entry, at) });
      continue;
    }
    const begun = writes.get(entry.nonce);
    if (begun === undefined) continue;
    const { outcome, detail = null } = entry;
    begun.operation = { ...begun.operation, outcome, cause: null, message: detail, at };
    begun.number = number;
  }
  return [...writes.values()];
}

function cutOff({ operation, serial, target }: WriteEntry, at: number): RecentOperation {
  return {
    operation,
    // A cancel alone erases a card. Any other write issues it.
    kind: target === BLANK ? 'cancel' : 'issue',
    encoder: null,
    serial,
    room: null,
    outcome: 'unknown',
    cause: 'agent-restarted',
    message: CUT_OFF,
    at,
  };
}
