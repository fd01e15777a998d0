/** A name as a part of a sentence: whatever its direction, the words around it keep theirs (Unicode's FSI and PDI). */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
