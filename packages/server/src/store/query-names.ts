import type { Queries, Query } from './store.ts';

/** A query as a store finds it by its name. */
export interface NamedQuery {
  readonly query: Query;
  readonly isQuick: boolean;
}

/** Looks queries up by name. Throws a TypeError for a name that is in both sets, and for one that is in none. */
export function checkQueries({ quick, lists }: Queries): (name: string) => NamedQuery {
  const named = new Map<string, NamedQuery>();
  for (const [name, query] of Object.entries(quick)) named.set(name, { query, isQuick: true });
  for (const [name, query] of Object.entries(lists)) {
    if (named.has(name)) throw new TypeError(`the query ${name} is both quick and a list; leave it in one of the two`);
    named.set(name, { query, isQuick: false });
  }
  return (name) => {
    const found = named.get(name);
    if (found === undefined) throw new TypeError(`there is no query ${name}`);
    return found;
  };
}
