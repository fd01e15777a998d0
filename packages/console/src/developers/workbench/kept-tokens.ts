/**
 * Tokens of developer accounts that were given or made in this tab, by the account's sid. In memory alone: nothing of them is
 * stored, they are gone when the page is loaded again, and the next one who signs in finds none.
 */
let kept: { readonly session: string; readonly tokens: Map<string, string> } = { session: '', tokens: new Map() };

export function keepToken(session: string, sid: string, token: string): void {
  if (kept.session !== session) kept = { session, tokens: new Map() };
  kept.tokens.set(sid, token);
}

export function keptToken(session: string, sid: string): string {
  return kept.session === session ? (kept.tokens.get(sid) ?? '') : '';
}
