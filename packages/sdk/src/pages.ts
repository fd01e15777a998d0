/** A page as every list answers it. */
export interface Page<Row> {
  readonly data: Row[];
  /** Send it as `cursor` to go on later, also from another process. Null in the last page. */
  readonly nextCursor: string | null;
}

export type RowOf<P> = P extends Page<infer Row> ? Row : never;

/** A list: its first page where it is awaited, and all of its rows where it is iterated. */
export interface Listed<P extends Page<unknown>> extends Promise<P>, AsyncIterable<RowOf<P>> {
  /** Its pages, one after the other, the first one too. */
  pages(): AsyncIterable<P>;
  /** All rows in one array. Throws where there are more than `most`, 10,000 unless told. */
  toArray(limits?: { readonly most?: number }): Promise<RowOf<P>[]>;
}

const MOST = 10_000;

/**
 * Makes a list of the promise of its first page. The others are asked for one by one as somebody gets there, so that a loop
 * which ends early asks for no more.
 */
export function listed<P extends Page<unknown>>(first: Promise<P>, pageAt: (cursor: string) => Promise<P>): Listed<P> {
  async function* pages(): AsyncGenerator<P, void> {
    let page = await first;
    yield page;
    while (page.nextCursor !== null) {
      page = await pageAt(page.nextCursor);
      yield page;
    }
  }
  async function* rows(): AsyncGenerator<RowOf<P>, void> {
    for await (const { data } of pages()) yield* data as RowOf<P>[];
  }
  return Object.assign(first, {
    pages,
    [Symbol.asyncIterator]: rows,
    async toArray({ most = MOST } = {}) {
      const all: RowOf<P>[] = [];
      for await (const { data } of pages()) {
        all.push(...(data as RowOf<P>[]));
        if (all.length > most)
          throw new RangeError(`The list has more than ${most} rows; iterate it, or raise \`most\`.`);
      }
      return all;
    },
  });
}
