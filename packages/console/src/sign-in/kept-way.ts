/** The property whose own password signed somebody in here last; null where people use passwords of their own. */
const KEPT_AS = 'keyrack-sign-in-property';

export function keptProperty(): string | null {
  return localStorage.getItem(KEPT_AS);
}

/** A desk's computer is used by the same house each morning. The number alone is kept, and no name. */
export function keepProperty(number: string | null): void {
  if (number === null) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, number);
}
