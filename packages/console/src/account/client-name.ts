const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS', 'Mac'],
  ['Linux', 'Linux'],
] as const;

/** A browser and its system by what it calls itself; other programs by their own first word. Null for what says nothing. */
export function clientName(userAgent: string | null): string | null {
  if (userAgent === null || userAgent.trim() === '') return null;
  const nameOf = (known: readonly (readonly [string, string])[]) =>
    known.find(([mark]) => userAgent.includes(mark))?.[1] ?? null;
  const parts = [nameOf(BROWSERS), nameOf(SYSTEMS)].filter(Boolean);
  return userAgent.startsWith('Mozilla/') && parts.length > 0 ? parts.join(', ') : (userAgent.split(' ')[0] ?? null);
}
