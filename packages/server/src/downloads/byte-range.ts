/** Bytes of a file, from the first to the last, both counted in. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What a `Range` asks of a file. Null for all of it, also where it asks for several ranges or in other words: HTTP lets a
 * server ignore that. `none`: the file has no byte of it.
 */
export function parseRange(range: string | undefined, bytes: number): ByteRange | null | 'none' {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined || from + to === '') return null;
  if (from === '') {
    const length = Math.min(Number(to), bytes);
    return length === 0 ? 'none' : { first: bytes - length, last: bytes - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return null;
  if (first >= bytes) return 'none';
  return { first, last: to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1) };
}
