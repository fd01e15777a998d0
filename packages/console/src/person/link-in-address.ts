/** The token of a link, which comes behind the # that browsers send to nobody. Null where there is none. */
export function tokenInAddress(): string | null {
  const token = location.hash.replace(/^#/, '').trim();
  return token === '' || token.length > 100 ? null : token;
}

/** Takes it out of the address: what was used is of no use there, nor in the history. */
export function forgetTokenInAddress(): void {
  if (location.hash !== '') history.replaceState(history.state, '', `${location.pathname}${location.search}`);
}
