import { REPEATS } from '@keyrack/server/domain/limits.ts';
import { isTerminal, type Operation } from '@keyrack/server/domain/operation.ts';
import type { OperationView } from '@keyrack/server/rest/operations/operation-view.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import type { RanForCaller, RunForCaller } from '@keyrack/server/transactions/repeats/run-for-caller.ts';
import { PROPERTY } from '../property/hotel.ts';
import { WAITS } from '../property/server-node.ts';
import type { V1Answer } from '../property/v1-caller.ts';
import type { Database, Executed } from '../world/database.ts';
import { isUndecided } from './check-answer.ts';
import { type Ledger, taleOf } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/** What a request of /v1 ran, as if it had run by itself. */
export function ranWithin(executed: Executed): Executed {
  if (executed.name !== 'runForCaller') return executed;
  const { name, input } = executed.input as RunForCaller;
  const ran = executed.result as RanForCaller;
  return ran.verdict === 'first'
    ? { ...executed, name, input, result: ran.result }
    : { ...executed, name: ran.verdict, input: null, result: null };
}

/** What is asked for over /v1 is accepted, and withdrawn, only for whoever still may, and a repeat asks for nothing more. */
export function checkOverV1(executed: Executed, tx: ReadTx, ledger: Ledger, verdict: Verdict): void {
  const { name, input, changes } = executed;
  const isNext = name === 'acceptNextCopy';
  if (name !== 'runForCaller' && !isNext) return;
  const accepted = changes.find(({ table, before }) => table === 'operations' && before === undefined)?.after as
    | Operation
    | undefined;
  if (accepted !== undefined) {
    ledger.overV1.add(accepted.id);
    const { now } = (isNext ? input : (input as RunForCaller).input) as { readonly now: number };
    if (!mayStillAsk(tx, accepted.memberId, now))
      verdict.fail('still allowed', `${accepted.id} is accepted for ${accepted.memberId}, who may not ask for it`);
  }
  if (isNext) return;
  const { credential, at, once } = input as RunForCaller;
  const isChange = changes.some(({ table }) => table === 'operations' || table === 'copySets');
  if (isChange && !isCredentialGood(tx, credential, at))
    verdict.fail('still allowed', `${credential} changes something and may not`);
  if (once === null || accepted === undefined) return;
  const key = `${credential} ${once.key}`;
  const first = ledger.repeats.get(key);
  const isForgotten = first !== undefined && Math.abs(once.now - first.at) >= REPEATS.keptMs;
  // Whether the first was lost in a crash, the row of its operation tells.
  const isThere = first !== undefined && tx.get('operations', PROPERTY, first.operation) !== undefined;
  if (isThere && !isForgotten && ledger.restores === 0)
    verdict.fail('one effect', `${accepted.id} is a repeat of ${first.operation}, with the key ${once.key}`);
  ledger.repeats.set(key, { operation: accepted.id, at: once.now });
}

/** Whether a credential of /v1 may ask for operations here. */
function isCredentialGood(tx: ReadTx, credential: string, now: number): boolean {
  const session = tx.get('sessions', credential);
  if (session === undefined) return mayStillAsk(tx, `key ${credential}`, now);
  const { of } = session;
  const member = of.kind === 'member' ? tx.get('members', of.propertyId, of.memberId) : undefined;
  return now < session.expiresAt && member?.active === true && member.role !== 'auditor';
}

/** Whether whoever asked for an operation may still have it: an API key by its scopes, a member by their permission. */
export function mayStillAsk(tx: ReadTx, requester: string, now: number): boolean {
  const [, keyId] = /^key (.+)$/.exec(requester) ?? [];
  if (keyId === undefined) {
    const member = tx.get('members', PROPERTY, requester);
    return member?.active === true && member.issuingPermission;
  }
  const key = tx.get('apiKeys', keyId);
  if (key === undefined || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return false;
  return key.scopes.includes('cards') && (key.properties === null || key.properties.includes(PROPERTY));
}

/**
 * What a caller of /v1 is about to be told, against what is on disk. Whoever waits for the end hears of it in time.
 *
 * @param question.from when it was asked, or when its server could go on, whichever is later; null for one who hung up
 */
export function checkToldOverV1(
  answer: V1Answer,
  { from, waitMs }: { readonly from: number | null; readonly waitMs: number | null },
  now: number,
  database: Database<Transactions>,
  ledger: Ledger,
  verdict: Verdict,
): void {
  if (answer.status === 'problem') return;
  const body = answer.body as Partial<OperationView> & { readonly operations?: readonly OperationView[] };
  for (const { id, state } of body.operations ?? [body as OperationView]) {
    const operation = database.peek((tx) => tx.get('operations', PROPERTY, id));
    if (operation === undefined || !isTerminal({ state } as Operation)) continue;
    if (operation.state !== state)
      verdict.fail('callers were told the truth', `${id} is ${operation.state} and its caller is told ${state}`);
    if (isUndecided(database, id))
      verdict.fail('told what is durable', `a caller is told that ${id} is ${state}, which isn't durable`);
    if (state === 'succeeded') taleOf(ledger, id).told = 'succeeded';
    else if (state === 'rejected' || state === 'expired' || state === 'withdrawn') taleOf(ledger, id).told = 'not done';
    const endedAt = ledger.endedAt.get(id);
    if (from === null || waitMs === null || endedAt === undefined) continue;
    const heardAfter = now - Math.max(from, endedAt);
    if (heardAfter > WAITS.cardMs)
      verdict.fail('callers are told in time', `the end of ${id} is told after ${heardAfter} ms`);
  }
}
