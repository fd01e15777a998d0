const KEPT = 'keyrack-invitation';

/** The invitation that this tab is at, also while somebody signs in first. It is in no address that a server could see. */
export function keepInvitation(token: string): void {
  sessionStorage.setItem(KEPT, token);
}

export function keptInvitation(): string | null {
  return sessionStorage.getItem(KEPT);
}

export function forgetInvitation(): void {
  sessionStorage.removeItem(KEPT);
}
