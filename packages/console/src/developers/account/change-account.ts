import { keyrack } from '../../api/keyrack.ts';
import { changeSeen, isAsSeen } from '../../conflict/change-seen.ts';
import type { Account } from './account-queries.ts';

export type AccountChanges = Partial<
  Pick<Account, 'name' | 'state' | 'roomCardApi' | 'signatureA'> & { readonly addressRanges: string[] }
>;

/** Changes an account as somebody sees it. */
export function changeAccount(seen: Account, changes: AccountChanges): Promise<Account> {
  const account = seen.sid;
  return changeSeen<Account>({
    get: () => keyrack.accounts.get({ account }),
    isSeen: (now) => isAsSeen(now, seen, Object.keys(changes) as (keyof AccountChanges)[]),
    change: (known) => keyrack.accounts.change({ account, ...changes }, { ifMatch: known }),
  });
}
