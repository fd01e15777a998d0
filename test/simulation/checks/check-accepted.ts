import { REPEAT_WINDOW_MS } from '@keyrack/server/domain/limits.ts';
import { isTerminal, type Operation } from '@keyrack/server/domain/operation.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import type { AcceptResult } from '@keyrack/server/transactions/accept/accept-request.ts';
import { PROPERTY } from '../property/hotel.ts';
import type { Executed } from '../world/database.ts';
import type { Verdict } from './verdict.ts';

/**
 * The same request, sent again while the first is under way, is the same wish and not a second one (docs/room-card-api.md,
 * "Open outcomes, repeats and waits").
 */
export function checkAccepted({ name, result, changes }: Executed, tx: ReadTx, verdict: Verdict): void {
  if (!name.startsWith('accept')) return;
  checkRetold(name, result as AcceptResult, tx, verdict);
  if ((result as AcceptResult).verdict !== 'accepted') return;
  const { operation } = result as Extract<AcceptResult, { verdict: 'accepted' }>;
  const isNew = changes.some(({ table, before }) => table === 'operations' && before === undefined);
  if (!isNew) return;
  const others = tx
    .find('operations', 'byRequest', [PROPERTY, operation.request], { limit: 1_000 })
    .filter(({ id }) => id !== operation.id);
  const twice =
    operation.kind === 'issue'
      ? others.slice(-1).filter((each) => missedEnd(each) && !isOld(each, operation))
      : others.filter(mayBeJoined);
  for (const { id } of twice)
    verdict.fail('one effect', `${operation.id} asks for the same as ${id}, which is under way`);
}

/** What a read finds after a card was opened for it may be older than the next question. */
function mayBeJoined({ kind, state, opened }: Operation): boolean {
  return kind === 'read' ? state === 'accepted' && !opened : state === 'accepted' || state === 'granted';
}

/** One more card for the room is another wish, unless nobody waits to hear of the first. */
function missedEnd(operation: Operation): boolean {
  return !isTerminal(operation) && (operation.caller === 'left' || operation.caller === 'told-open');
}

/**
 * Whether nobody can repeat an unknown issue any more (docs/room-card-api.md, "Open outcomes, repeats and waits"), as far
 * as the server's clock tells: one that was set forth by a day makes it old. What is under way is repeated at any age.
 */
function isOld({ state, callerAt }: Operation, { callerAt: now }: Operation): boolean {
  return state === 'unknown' && now - callerAt >= REPEAT_WINDOW_MS;
}

/** An issue that is told once more is told of a card that still is what it made. */
function checkRetold(name: string, result: AcceptResult, tx: ReadTx, verdict: Verdict): void {
  if (name !== 'acceptIssue' || result.verdict !== 'joined' || result.operation.state !== 'succeeded') return;
  const { id, serial, recordId } = result.operation;
  const card = serial === null ? undefined : tx.get('cards', PROPERTY, serial);
  const record = recordId === null ? undefined : tx.get('cardRecords', PROPERTY, recordId);
  if (card?.lastGranted !== id || record?.status !== 'active')
    verdict.fail('callers were told the truth', `${id} is told once more, and its card is ${record?.status} by now`);
}
