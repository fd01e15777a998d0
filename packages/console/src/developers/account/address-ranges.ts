/** Addresses as people write them: one a line, or with commas or blanks between them. */
export function addressRangesOf(typed: string): readonly string[] {
  return [...new Set(typed.split(/[\s,;，；]+/u).filter((each) => each !== ''))];
}
