import type { Requester } from '../../domain/authorise.ts';
import { keyOfRequester } from '../../domain/requester.ts';
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
