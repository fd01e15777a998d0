import { createShortMemory } from '@keyrack/protocol';
import type { Clock } from './clock.ts';
import type { Sealer } from './sealed-secret.ts';

/** Secrets that are open in memory at once, and for how long. Milliseconds. */
export const OPENED_SECRETS = { most: 4_096, lifetimeMs: 5 * 60_000 } as const;

/** Opens a secret at rest. The bytes are shared: whoever asked mustn't change them. */
export type OpenSecret = (sealed: string, purpose: string) => Uint8Array;

/**
 * Opens secrets, and keeps them open for a while: to open one takes as long as a write to the database. A secret goes by
 * what is stored of it, so a replaced one isn't found any more, and whoever is no longer allowed to use one doesn't ask.
 */
export function createOpenedSecrets(sealer: Pick<Sealer, 'open'>, clock: Pick<Clock, 'monotonic'>): OpenSecret {
  const opened = createShortMemory<Uint8Array>(OPENED_SECRETS, () => clock.monotonic());
  return (sealed, purpose) => opened.of(`${purpose} ${sealed}`, () => sealer.open(sealed, purpose));
}
