import type { AuditRecord } from '@keyrack/server/domain/audit.ts';
import type { Copy, CopySet } from '@keyrack/server/domain/copy-set.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { PROPERTY } from '../property/hotel.ts';
import type { Executed } from '../world/database.ts';
import type { Ledger } from './ledger.ts';
import { runningSets } from './open-work.ts';
import type { Verdict } from './verdict.ts';

/**
 * The cards of one issue with `copies`: no more than were asked for, one after the other, each told as the card that it is; and
 * none once the set was stopped, or the server was started anew.
 */
export function checkCopies(executed: Executed, tx: ReadTx, ledger: Ledger, verdict: Verdict): void {
  const { name, changes } = executed;
  if (name === 'copiesInterrupted') beginRun(ledger);
  for (const { table, before, after } of changes) {
    if (table === 'copySets')
      setChanged(before as CopySet | undefined, after as CopySet, executed, tx, ledger, verdict);
  }
  if (name !== 'acceptNextCopy') return;
  for (const { table, before, after } of changes) {
    if (table !== 'operations' || before !== undefined) continue;
    const { id } = after as Operation;
    const isOfSet = changes.some(
      (each) => each.table === 'copySets' && (each.after as CopySet).operations.includes(id),
    );
    if (!isOfSet) verdict.fail('copies', `${id} is accepted as a copy, and its set doesn't know`);
  }
}

/** Sets of earlier runs of the server go no further, whatever comes: whoever stood at their desk may have gone. */
function beginRun(ledger: Ledger): void {
  ledger.runs += 1;
  ledger.interrupted = true;
}

/** The server hears callers and agents from now on. */
export function checkListening(tx: ReadTx, ledger: Ledger, verdict: Verdict): void {
  if (!ledger.interrupted) beginRun(ledger);
  ledger.interrupted = false;
  for (const { id, of, operations } of runningSets(tx)) {
    if (isOfEarlierRun(ledger, id) && operations.length < of)
      verdict.fail('copies', `${id} has ${of - operations.length} cards left, and the server was started anew`);
  }
}

function isOfEarlierRun({ setsOf, runs }: Ledger, set: string): boolean {
  return (setsOf.get(set) ?? runs) < runs;
}

function setChanged(
  before: CopySet | undefined,
  after: CopySet,
  executed: Executed,
  tx: ReadTx,
  ledger: Ledger,
  verdict: Verdict,
): void {
  const { id, of, operations, state } = after;
  const fail = (text: string) => verdict.fail('copies', `${id} ${text}`);
  if (before === undefined) ledger.setsOf.set(id, ledger.runs);
  else if (before.state !== 'running') fail(`was ${before.state}, and is ${state} with ${operations.length} cards`);
  const known = before?.operations.length ?? 0;
  for (const [i, operation] of operations.entries()) {
    if (i < known) continue;
    accepted(operation, i + 1, after, executed, tx, ledger, fail);
    const recordId = tx.get('operations', PROPERTY, operation)?.recordId ?? null;
    if (recordId !== null) ledger.copyOf.set(recordId, id);
  }
  const states = operations.map((each) => tx.get('operations', PROPERTY, each)?.state);
  if (state === 'done' && (operations.length !== of || states.some((each) => each !== 'succeeded')))
    fail(`is done with ${states.join(', ')} of ${of}`);
  if (state !== 'stopped' || operations.length === of) return;
  const told = executed.changes.some(({ table, after: row }) => {
    if (table !== 'audit' || (row as AuditRecord).action !== 'copies-withdrawn') return false;
    const details = JSON.parse((row as AuditRecord).details) as { readonly set: string; readonly left: number };
    return details.set === id && details.left === of - operations.length;
  });
  if (!told) fail('is stopped with cards left, and the audit log tells nothing of it');
}

function accepted(
  operation: string,
  number: number,
  { id, of, operations }: CopySet,
  { changes }: Executed,
  tx: ReadTx,
  ledger: Ledger,
  fail: (text: string) => void,
): void {
  if (number > of) fail(`makes card ${number} of ${of}`);
  if (number > 1 && isOfEarlierRun(ledger, id)) fail(`goes on with card ${number} after the server was started anew`);
  const copy = changes.find(({ table, after }) => table === 'copies' && (after as Copy).operationId === operation)
    ?.after as Copy | undefined;
  if (copy?.set !== id || copy.number !== number || copy.of !== of)
    fail(`has card ${number} of ${of}, which is told as ${copy?.number} of ${copy?.of}`);
  const [made, ...others] = [operation, ...operations.slice(0, number - 1)].map((each) =>
    tx.get('operations', PROPERTY, each as Operation['id']),
  );
  for (const other of others) {
    if (other?.state !== 'succeeded') fail(`makes card ${number} while one before it is ${other?.state}`);
    if (other?.encoder !== made?.encoder) fail(`makes card ${number} at another encoder`);
    const [record, first] = [made, other].map((each) => tx.get('cardRecords', PROPERTY, each?.recordId ?? ''));
    if (record?.roomId !== first?.roomId || record?.validUntil !== first?.validUntil)
      fail(`has card ${number} for ${record?.roomId} until ${record?.validUntil}, and others for ${first?.roomId}`);
  }
}
