/** How often each word occurs. */
export function tally(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** `apple 3, pear 1`, the most frequent first; `none` where there is nothing. */
export function tallyText(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return sorted.map(([word, count]) => `${word} ${count}`).join(', ') || 'none';
}
