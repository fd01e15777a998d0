import { queries as contract } from './contract-transactions.ts';

/** What no store opens: one name means two queries. */
export const queries = { quick: { look: contract.quick.look }, lists: { look: contract.lists.list } };
