import type { Answer } from '@keyrack/sdk';
import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../../api/keyrack.ts';

/** A developer account that acts for nothing but what the caller reaches: they may change it. */
export type Account = Answer<'getAccount'>;
/** Any account that may act for the property, as far as it is told. */
export type NamedAccount = Answer<'listPropertyAccounts'>['data'][number];

/** All that the caller may change. */
export const ownAccounts = (property: string) =>
  queryOptions({
    queryKey: ['accounts', property, 'own'],
    queryFn: () => keyrack.accounts.list({ limit: 200 }).toArray(),
  });

/** All that may act for a property. */
export const namedAccountsOf = (property: string) =>
  queryOptions({
    queryKey: ['accounts', property, 'named'],
    queryFn: () => keyrack.call('listPropertyAccounts', { property, limit: 200 }).toArray(),
  });
