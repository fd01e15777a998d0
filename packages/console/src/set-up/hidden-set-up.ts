const KEPT = 'keyrack-set-up-over';

/** The properties whose set-up this browser shows no more: it is done, or somebody wanted no more of it. */
function over(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

export function isSetUpHidden(property: string): boolean {
  return over().includes(property);
}

export function hideSetUp(property: string): void {
  if (!isSetUpHidden(property)) localStorage.setItem(KEPT, JSON.stringify([...over(), property].slice(-200)));
}
