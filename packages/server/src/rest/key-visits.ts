import { noteVisits } from '../runtime/note-visits.ts';
import type { RestParts } from './parts.ts';

/** Notes when keys were last used. */
export function noteKeyVisits({ run, clock, log }: Pick<RestParts, 'run' | 'clock' | 'log'>): (id: string) => void {
  const note = noteVisits(() => clock.monotonic());
  return (id) =>
    note(id, () =>
      run('noteApiKeyUse', { id, now: clock.now() }).catch((error: unknown) =>
        log.info({ credential: id, err: error }, 'when an API key was last used could not be recorded'),
      ),
    );
}
