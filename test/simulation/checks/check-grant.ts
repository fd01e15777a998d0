import { isLater } from '@keyrack/server/domain/card-life.ts';
import { FLAG } from '@keyrack/server/domain/issue-image.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { PROPERTY } from '../property/hotel.ts';
import type { Executed } from '../world/database.ts';
import { mayStillAsk } from './check-over-v1.ts';
import { type Ledger, othersWith } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/** Everything that a grant rests on must hold at its moment, whatever held when the operation was accepted. */
export function checkGrant(
  before: Operation | undefined,
  { id, kind, recordId, grant, deadline, accountSid, memberId, cardType, encoder, place, serial }: Operation,
  executed: Executed,
  tx: ReadTx,
  parts: { readonly ledger: Ledger; readonly verdict: Verdict; readonly signInIdleMs: number },
): void {
  const { ledger, verdict, signInIdleMs } = parts;
  const fail = (text: string) => verdict.fail('justified grant', `${id} is granted ${text}`);
  if (grant === null) return;
  const { now, content } = executed.input as { now: number; content: string };
  if (executed.name !== 'grantWrite') fail(`by ${executed.name}`);
  if (before?.state !== 'accepted') fail(`out of ${before?.state ?? 'nothing'}`);
  if (before?.held) fail('while a restored database holds it');
  if (now >= deadline) fail(`${now - deadline} ms after its deadline`);
  if (content !== grant.before) fail(`over ${grant.before}, and the card was read as ${content}`);

  const account = accountSid === null ? undefined : tx.get('accounts', accountSid);
  if (accountSid !== null && account?.state !== 'active') fail('for an account that is suspended');
  if (!mayStillAsk(tx, memberId, now)) fail(`for ${memberId}, who may not ask for it any more`);
  if (cardType !== 4 && !ledger.overV1.has(id)) {
    const signIn = tx.get('signIns', PROPERTY, memberId);
    const there = signIn?.agentId === grant.agentId && now - signIn.lastActiveAt < signInIdleMs;
    if (!there) fail('at an agent where its member is not signed in');
  }
  if (tx.get('encoders', PROPERTY, encoder)?.agentId !== grant.agentId) fail('at an encoder of another agent');
  const other = othersWith(ledger, encoder, grant.agentId);
  if (other !== undefined) fail(`at an encoder that ${other} has too`);
  if (kind === 'issue') {
    const recordOf = (id: string | null) => (id === null ? undefined : tx.get('cardRecords', PROPERTY, id));
    const [held = null] = [...ledger.written].find(([, target]) => target === grant.before) ?? [];
    const there = recordOf(held);
    if (there?.status === 'active' && there.validUntil > now && there.roomId !== recordOf(recordId)?.roomId)
      fail('over a card that opens another room');
    const wanted = recordOf(recordId);
    const isThatKey =
      there?.status === 'active' &&
      there.serial === serial &&
      there.roomId === wanted?.roomId &&
      there.owner === wanted.owner &&
      isLater(there, now) === isLater(wanted, now) &&
      (!isLater(wanted, now) || there.validFrom === wanted.validFrom) &&
      there.validUntil === wanted.validUntil &&
      // A card that reports a loss is another one, and its copies report none.
      (there.flags === wanted.flags || (wanted.sameAs !== null && wanted.flags === (there.flags & ~FLAG.lossReport)));
    if (isThatKey) fail('over a card that is that key already');
  }

  const openHere = tx.find('operations', 'openByEncoder', [PROPERTY, encoder]);
  if (openHere.some((other) => other.id !== id && (other.state === 'granted' || other.place < place)))
    fail('before its turn at the encoder');
  const openThere = tx.find('operations', 'unsettledBySerial', [PROPERTY, serial]);
  if (openThere.some((other) => other.id !== id && !other.held)) fail(`over an open operation on card ${serial}`);
}
