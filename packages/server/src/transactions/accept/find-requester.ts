import type { Requester } from '../../domain/authorise.ts';
import type { ReadTx } from '../../store/store.ts';

/** Who asks, and for whom, as the database has it now: checked at the acceptance, and once more at the grant. */
export function findRequester(
  tx: ReadTx,
  {
    propertyId,
    accountSid,
    memberId,
  }: { readonly propertyId: string; readonly accountSid: string | null; readonly memberId: string },
): Requester {
  const member = tx.get('members', propertyId, memberId);
  if (accountSid === null) return { account: null, mayActForProperty: true, member };
  const mayActForProperty = tx.get('accountProperties', propertyId, accountSid) !== undefined;
  return { account: tx.get('accounts', accountSid), mayActForProperty, member };
}
