/** A time that counts down. Unix milliseconds. */
export interface Limited {
  readonly from: number;
  readonly until: number;
}

/**
 * How much of it is left, from 1 to 0, and the whole seconds. The server's clock is known to a second and no better, so that more
 * than all of it could seem to be left.
 */
export function timeLeft({ from, until }: Limited, now: number): { readonly share: number; readonly seconds: number } {
  const left = Math.max(0, Math.min(until - from, until - now));
  return { share: until > from ? left / (until - from) : 0, seconds: Math.ceil(left / 1_000) };
}
