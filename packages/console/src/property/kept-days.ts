/** Days that somebody typed, as the server takes them. */
export function daysOf(text: string): number | 'wrong' {
  const days = Number(text.normalize('NFKC').trim());
  return /^\s*\d+\s*$/.test(text.normalize('NFKC')) && days >= 1 && days <= 3_650 ? days : 'wrong';
}
