/** Lines of a file of checksums that are read. A release has some twenty. */
const MOST_LINES = 1_000;

/** What `sha256sum` wrote: the SHA-256 in hex of each file, by its name. Null where a line is none of its. */
export function parseChecksums(text: string): ReadonlyMap<string, string> | null {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length > MOST_LINES) return null;
  const sums = new Map<string, string>();
  for (const line of lines) {
    const [, sha256, name] = /^([0-9a-f]{64}) [ *]([^/\\\0\r]+)$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined || sums.has(name)) return null;
    sums.set(name, sha256);
  }
  return sums;
}
