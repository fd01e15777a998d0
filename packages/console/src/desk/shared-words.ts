/**
 * The words with which the names of all these rooms begin, e.g. `Garden Wing ` of `Garden Wing 301` and `Garden Wing 302`. A cell has no
 * room for them, and the building's heading says them. Empty where one of the names would have nothing left.
 */
export function sharedWords(names: readonly string[]): string {
  const [first = '', ...others] = names;
  const words = first.match(/^(?:\S+\s+)+/u)?.[0] ?? '';
  let shared = words;
  while (shared !== '' && !others.every((name) => name.startsWith(shared) && name.length > shared.length))
    shared = shared.match(/^(?:\S+\s+)+(?=\S+\s+$)/u)?.[0] ?? '';
  return names.length > 1 ? shared : '';
}
