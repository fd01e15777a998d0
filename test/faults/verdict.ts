import type { JournalRecord } from '@keyrack/protocol';
import { firstBrokenLink } from '@keyrack/server/domain/audit.ts';
import { isTerminal, type Operation } from '@keyrack/server/domain/operation.ts';
import { type Asked, type HttpAnswer, isFinal, STATUS } from './caller.ts';
import type { Inspection } from './inspect-transactions.ts';
import type { Suspicion } from './load.ts';
import { kindOf, lockNumberOn } from './plastic.ts';

/** All that was seen from outside, and all that was recorded. */
export interface Evidence {
  readonly ledger: readonly Asked[];
  readonly database: Inspection;
  /** Of every agent; also those that were lost on purpose. */
  readonly journals: readonly JournalRecord[];
  readonly suspicions: readonly Suspicion[];
  /** What the plastic of a card holds; null for one that never existed. */
  readonly plasticOf: (serial: string) => string | null;
}

export interface Verdict {
  /** Acknowledged outcomes that the database doesn't have, or has otherwise. One sentence each. */
  readonly lost: readonly string[];
  readonly contradictions: readonly string[];
}

/** Compares every HTTP answer, the database, the journals and the card memories with each other. */
export function judge(evidence: Evidence): Verdict {
  const operations = new Map<string, Operation>(evidence.database.operations.map((each) => [each.id, each]));
  return {
    lost: evidence.ledger.flatMap((asked) => asked.answers.flatMap((answer) => lostOutcome(asked, answer, operations))),
    contradictions: [
      ...answersThatDisagree(evidence.ledger),
      ...answersAgainstOperations(evidence.ledger, operations),
      ...unexplained(evidence, operations),
      ...journalsAgainstDatabase(evidence, operations),
      ...plasticAgainstDatabase(evidence),
      ...auditAgainstOperations(evidence, operations),
    ],
  };
}

function lostOutcome(asked: Asked, answer: HttpAnswer, operations: ReadonlyMap<string, Operation>): string[] {
  if (answer.http === 0) return [];
  const told = `${asked.endpoint} of ${asked.card.serial}: told ${answer.status} "${answer.message}"`;
  if (answer.operation === null)
    return answer.status === STATUS.success ? [`${told}, and no operation was named for it`] : [];
  const operation = operations.get(answer.operation);
  if (operation === undefined) return [`${told}, and there is no operation ${answer.operation}`];
  const is = `and operation ${operation.id} is ${operation.state} (${operation.cause})`;
  if (answer.status === STATUS.success) return operation.state === 'succeeded' ? [] : [`${told}, ${is}`];
  if (!isFinal(answer)) return [];
  return isTerminal(operation) && operation.state !== 'succeeded' ? [] : [`${told}, ${is}`];
}

/** Two final answers about one operation say the same. */
function answersThatDisagree(ledger: readonly Asked[]): string[] {
  const first = new Map<string, HttpAnswer>();
  const found: string[] = [];
  for (const { answers } of ledger) {
    for (const answer of answers) {
      if (answer.operation === null || !isFinal(answer)) continue;
      const earlier = first.get(answer.operation);
      if (earlier === undefined) first.set(answer.operation, answer);
      else if (earlier.status !== answer.status || earlier.message !== answer.message) {
        found.push(`operation ${answer.operation} was told as ${earlier.status}, and then as ${answer.status}`);
      }
    }
  }
  return found;
}

/** A success tells of the card that the operation was about, and a read of what it found there. */
function answersAgainstOperations(ledger: readonly Asked[], operations: ReadonlyMap<string, Operation>): string[] {
  return ledger.flatMap(({ answers }) =>
    answers.flatMap(({ operation: id, status, serial, lockNumber }) => {
      const operation = operations.get(id ?? '');
      if (operation === undefined || status !== STATUS.success) return [];
      const found: string[] = [];
      if (serial !== null && serial !== operation.serial)
        found.push(`operation ${id} was told of card ${serial}, and was about ${operation.serial}`);
      if (lockNumber !== null && operation.reading !== null && lockNumber !== lockNumberOn(operation.reading))
        found.push(`operation ${id} was told to have read lock "${lockNumber}", and read ${operation.reading}`);
      return found;
    }),
  );
}

/**
 * Cards that were not as told, without any other write that could have made them so, since the operation that was told of
 * was accepted: a repeat tells of an earlier one.
 */
function unexplained(
  { suspicions, database, journals }: Evidence,
  operations: ReadonlyMap<string, Operation>,
): string[] {
  const writes = journals.flatMap(({ at, entry }) => (entry.type === 'write' ? [{ at, entry }] : []));
  return suspicions.flatMap(({ what, asked, told, serial, from, until }) => {
    const since = Math.min(from, operations.get(told?.operation ?? '')?.acceptedAt ?? from);
    const asksFor = new Set(asked.answers.map(({ operation }) => operation));
    const other = writes.some(
      ({ at, entry }) => entry.serial === serial && at >= since && at <= until && entry.operation !== told?.operation,
    );
    if (other) return [];
    const history = database.audit.filter(({ operationId }) => operationId !== null && asksFor.has(operationId));
    return [`${what}: card ${serial}, answers ${JSON.stringify(asked.answers)}, audit ${JSON.stringify(history)}`];
  });
}

function journalsAgainstDatabase(
  { journals, database }: Evidence,
  operations: ReadonlyMap<string, Operation>,
): string[] {
  const found: string[] = [];
  const granted = new Set(
    database.audit
      .filter(({ action }) => action === 'operation-granted')
      .map(({ operationId, details }) => `${operationId} ${(JSON.parse(details) as { nonce: string }).nonce}`),
  );
  const effects = new Map<string, number>();
  const written = new Set<string>();
  for (const { entry } of journals) {
    const operation = operations.get(entry.operation);
    if (entry.type === 'write') {
      written.add(entry.operation);
      if (!granted.has(`${entry.operation} ${entry.nonce}`))
        found.push(`operation ${entry.operation} was written without a durable grant (nonce ${entry.nonce})`);
      continue;
    }
    if (entry.outcome === 'succeeded' || entry.outcome === 'damaged') {
      effects.set(entry.operation, (effects.get(entry.operation) ?? 0) + 1);
    }
    if (operation === undefined) continue;
    const agrees =
      entry.outcome === 'unknown' ||
      operation.state === entry.outcome ||
      operation.state === 'unknown' ||
      operation.state === 'written-off';
    if (!agrees) found.push(`operation ${operation.id} is ${operation.state}; the journal says ${entry.outcome}`);
  }
  for (const { id, kind, state } of operations.values()) {
    if (kind !== 'read' && state === 'succeeded' && !written.has(id))
      found.push(`operation ${id} is succeeded, and no journal tells of a write`);
  }
  for (const [operation, count] of effects) {
    if (count > 1) found.push(`operation ${operation} had ${count} effects`);
  }
  return found;
}

function plasticAgainstDatabase({ database, plasticOf }: Evidence): string[] {
  return database.cards.flatMap(({ serial, plastic, content }) => {
    const holds = plasticOf(serial);
    if (holds === null || plastic === 'unknown') return [];
    const kind = kindOf(holds as Parameters<typeof kindOf>[0]);
    const agrees = content === null ? kind === 'garbled' || kind === 'unreadable' : content === holds;
    return agrees ? [] : [`card ${serial} is ${plastic} in the database (${content}), and holds ${holds}`];
  });
}

/** The audit log tells one story of each operation, and its chain is whole. */
function auditAgainstOperations({ database }: Evidence, operations: ReadonlyMap<string, Operation>): string[] {
  const broken = firstBrokenLink(database.audit);
  const found = broken === null ? [] : [`the audit log is broken at record ${broken}`];
  const settled = new Map<string, string>();
  for (const { action, operationId, details } of database.audit) {
    if (action === 'agent-suspended' || action === 'agent-records-unexplained') found.push(`${action}: ${details}`);
    if (action !== 'operation-settled' || operationId === null) continue;
    const { state } = JSON.parse(details) as { state: string };
    const earlier = settled.get(operationId);
    if (earlier !== undefined) found.push(`operation ${operationId} ended as ${earlier}, and again as ${state}`);
    settled.set(operationId, state);
    const now = operations.get(operationId)?.state;
    if (now !== state) found.push(`operation ${operationId} ended as ${state}, and is now ${now}`);
  }
  return found;
}
