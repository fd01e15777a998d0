import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { Answer, AnswerWith, ReadCard } from '@keyrack/server/requests/answers.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import { PROPERTY } from '../property/hotel.ts';
import { WAITS } from '../property/server-node.ts';
import type { Database } from '../world/database.ts';
import { hasLain, type Ledger, taleOf } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/** What a caller is about to be told, against what is on disk. */
export function checkAnswer(
  answer: Answer,
  question: { readonly kind: Operation['kind']; readonly at: number },
  now: number,
  database: Database<Transactions>,
  ledger: Ledger,
  verdict: Verdict,
): void {
  if (answer.outcome === 'refused' || answer.outcome === 'open' || answer.operation === null) return;
  const { operation: id } = answer;
  const operation = database.peek((tx) => tx.get('operations', PROPERTY, id));
  const tale = taleOf(ledger, id);
  if (answer.outcome === 'succeeded' && answer.repeat) return;
  const state = answer.outcome === 'succeeded' ? 'succeeded' : answer.state;
  if (operation?.state !== state) {
    verdict.fail('callers were told the truth', `${id} is ${operation?.state} and its caller is told ${state}`);
    return;
  }
  const undecided = isUndecided(database, id);
  if (undecided) verdict.fail('told what is durable', `a caller is told that ${id} is ${state}, which isn't durable`);
  if (question.kind === 'read' && answer.outcome === 'succeeded' && operation !== undefined) {
    const { serial } = (answer as Extract<AnswerWith<ReadCard>, { outcome: 'succeeded' }>).value;
    if (!hasLain(ledger, operation.encoder, serial, question.at, now))
      verdict.fail('read after the question', `a caller is told of card ${serial}, which lay there before it asked`);
  }
  if (state === 'succeeded') tale.told = 'succeeded';
  else if (state === 'rejected' || state === 'expired' || state === 'withdrawn') tale.told = 'not done';
}

/** Whether its state was changed by a transaction that isn't durable yet. */
export function isUndecided(database: Database<Transactions>, id: string): boolean {
  return database
    .pending()
    .some(({ changes }) =>
      changes.some(
        ({ table, before, after }) =>
          table === 'operations' &&
          (after as Operation).id === id &&
          (before as Operation | undefined)?.state !== (after as Operation).state,
      ),
    );
}

/**
 * A caller that waits hears of the end when it is durable, and not when its own wait is over. The slowest commit of a plan
 * takes less than the wait for a card, and the wait for an answer is longer.
 *
 * @param from when it asked, or when its server could go on, whichever is later
 */
export function checkInTime(answer: Answer, from: number, now: number, ledger: Ledger, verdict: Verdict): void {
  if (answer.outcome === 'refused' || answer.operation === null) return;
  const endedAt = ledger.endedAt.get(answer.operation);
  if (endedAt === undefined) return;
  const heardAfter = now - Math.max(from, endedAt, ledger.waitedSince.get(answer.operation) ?? 0);
  if (heardAfter > WAITS.cardMs)
    verdict.fail('callers are told in time', `the end of ${answer.operation} is told after ${heardAfter} ms`);
}
