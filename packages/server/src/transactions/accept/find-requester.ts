import type { Requester } from '../../domain/authorise.ts';
import { keyOfRequester } from '../../domain/requester.ts';
import type { Hint, HintedValue } from '../../store/hints.ts';
import type { ReadTx } from '../../store/store.ts';

/** Who asks, and for whom, as the database has it now: checked at the acceptance, and once more at the grant. */
export function findRequester(
  tx: ReadTx,
  {
    propertyId,
    accountSid,
    memberId,
  }: { readonly propertyId: string; readonly accountSid: string | null; readonly memberId: string },
  now: number,
): Requester {
  const keyId = keyOfRequester(memberId);
  if (keyId !== null) return { kind: 'key', propertyId, key: tx.get('apiKeys', keyId), now };
  const member = tx.get('members', propertyId, memberId);
  if (accountSid === null) return { kind: 'member', account: null, mayActForProperty: true, member };
  const mayActForProperty = tx.get('accountProperties', propertyId, accountSid) !== undefined;
  return { kind: 'member', account: tx.get('accounts', accountSid), mayActForProperty, member };
}

export function hintRequester(
  hint: Hint,
  propertyId: string,
  { accountSid, memberId }: { readonly accountSid: HintedValue; readonly memberId: HintedValue },
): void {
  const keyId = typeof memberId === 'string' ? keyOfRequester(memberId) : null;
  if (keyId !== null) {
    hint.get('apiKeys', keyId);
    return;
  }
  hint.get('members', propertyId, memberId);
  if (accountSid === null) return;
  hint.get('accountProperties', propertyId, accountSid);
  hint.get('accounts', accountSid);
}
