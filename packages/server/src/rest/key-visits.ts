import type { Caller } from '../domain/caller.ts';
import { noteVisits } from '../runtime/note-visits.ts';
import type { RestParts } from './parts.ts';

/** Notes when keys and sessions were last used. */
export function noteKeyVisits({ run, clock, log }: Pick<RestParts, 'run' | 'clock' | 'log'>): (caller: Caller) => void {
  const note = noteVisits(() => clock.monotonic());
  return ({ kind, credential: id }) =>
    note(id, () =>
      run(kind === 'owner' || kind === 'key' ? 'noteApiKeyUse' : 'noteSessionUse', { id, now: clock.now() }).catch(
        (error: unknown) =>
          log.info({ credential: id, err: error }, 'when a credential was last used could not be recorded'),
      ),
    );
}
