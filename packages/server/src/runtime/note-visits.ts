/** How exactly it is known when somebody was last seen. Milliseconds. */
const EXACT_TO_MS = 60_000;
/** Those whose last note is remembered. */
const REMEMBERED = 10_000;

/** Notes when somebody was last seen, known by a text: at most once a minute each, and nobody waits for it. */
export function noteVisits(monotonic: () => number): (who: string, note: () => Promise<unknown>) => void {
  const noted = new Map<string, number>();
  return (who, note) => {
    const now = monotonic();
    const last = noted.get(who);
    if (last !== undefined && now - last < EXACT_TO_MS) return;
    noted.delete(who);
    noted.set(who, now);
    if (noted.size > REMEMBERED) noted.delete(noted.keys().next().value as string);
    // Then the note before it stands.
    note().catch(() => {});
  };
}
