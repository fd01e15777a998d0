import type { RestParts } from './parts.ts';

/** How exactly it is known when a key was last used. Milliseconds. */
const EXACT_TO_MS = 60_000;
/** Keys whose last note is remembered. */
const REMEMBERED = 10_000;

/** Notes when keys were last used: at most once a minute each, and no request waits for it. */
export function noteKeyVisits({ run, clock, log }: Pick<RestParts, 'run' | 'clock' | 'log'>): (id: string) => void {
  const noted = new Map<string, number>();
  return (id) => {
    const now = clock.monotonic();
    const last = noted.get(id);
    if (last !== undefined && now - last < EXACT_TO_MS) return;
    noted.delete(id);
    noted.set(id, now);
    if (noted.size > REMEMBERED) noted.delete(noted.keys().next().value as string);
    run('noteApiKeyUse', { id, now: clock.now() }).catch((error: unknown) =>
      log.info({ credential: id, err: error }, 'when an API key was last used could not be recorded'),
    );
  };
}
