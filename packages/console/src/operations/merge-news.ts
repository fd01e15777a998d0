import type { Operation } from '@keyrack/sdk';

/** Pages of a list as they were loaded, the newest first. */
export interface LoadedPages<Page extends { readonly data: readonly Operation[] }> {
  readonly pages: readonly Page[];
  readonly pageParams: readonly unknown[];
}

/** The pages with each operation as it is now, where one of these is among them; the same object where none is. */
export function withNews<Page extends { readonly data: readonly Operation[] }, Loaded extends LoadedPages<Page>>(
  loaded: Loaded,
  news: readonly Operation[],
): Loaded {
  const latest = new Map(news.map((operation) => [operation.id, operation]));
  let changed = false;
  const pages = loaded.pages.map((page) => {
    if (!page.data.some(({ id }) => latest.has(id))) return page;
    changed = true;
    return { ...page, data: page.data.map((operation) => latest.get(operation.id) ?? operation) };
  });
  return changed ? { ...loaded, pages } : loaded;
}

/** The pages with these before the others, the newest first. */
export function withNewest<Page extends { readonly data: readonly Operation[] }, Loaded extends LoadedPages<Page>>(
  loaded: Loaded,
  newest: readonly Operation[],
): Loaded {
  const [first, ...others] = loaded.pages;
  if (first === undefined || newest.length === 0) return loaded;
  const known = new Set(loaded.pages.flatMap(({ data }) => data.map(({ id }) => id)));
  const more = newest
    .filter(({ id }) => !known.has(id))
    .sort((one, other) => (one.acceptedAt < other.acceptedAt ? 1 : -1));
  return { ...loaded, pages: [{ ...first, data: [...more, ...first.data] }, ...others] };
}
