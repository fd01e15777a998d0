import { keyrack } from '../../api/keyrack.ts';
import { ChangedMeanwhile } from '../changed-meanwhile.tsx';
import type { Account } from './account-queries.ts';

export type AccountChanges = Partial<
  Pick<Account, 'name' | 'state' | 'roomCardApi' | 'signatureA'> & { readonly addressRanges: string[] }
>;

/** Changes an account as somebody sees it. Where somebody else changed the same meanwhile, nothing is changed. */
export async function changeAccount(seen: Account, changes: AccountChanges): Promise<Account> {
  const now = await keyrack.accounts.get({ account: seen.sid });
  const same = (Object.keys(changes) as (keyof AccountChanges)[]).every(
    (field) => JSON.stringify(now[field]) === JSON.stringify(seen[field]),
  );
  if (!same) throw new ChangedMeanwhile();
  return keyrack.accounts.change({ account: seen.sid, ...changes }, { ifMatch: now });
}
