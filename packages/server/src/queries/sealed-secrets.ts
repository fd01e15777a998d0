import type { ReadTx } from '../store/store.ts';
import { walk } from '../store/walk-pages.ts';

/** Where the value lies that every server seals, so that a wrong master key is noticed at the start. */
export const SEALED_KNOWN_FACT = 'sealed with the master key';

export interface SealedSecret {
  readonly kind: 'propertyCardKey' | 'accountToken' | 'webhookSecret' | 'authenticatorSecret';
  /** The property's number, the account's sid, the webhook's or the person's id, for people. */
  readonly of: string;
  readonly sealed: string;
}

/**
 * What of this database the master key sealed. Left out are the secrets that repeats of a request are shown for ten minutes: a
 * key that doesn't open those is no reason not to start, and a repeat is answered without.
 */
export interface SealedSecrets {
  /** Null in a database from before there was one. */
  readonly known: string | null;
  /** The oldest property's first card key comes first. Without any the known value means nothing either. */
  readonly secrets: readonly SealedSecret[];
}

export function sealedSecrets(tx: ReadTx, _input: Record<string, never>): SealedSecrets {
  const known = tx.get('facts', SEALED_KNOWN_FACT)?.value ?? null;
  const cardKeys = [...walk(tx, 'properties', 'key', [])].flatMap(({ number, cardKeys }) =>
    cardKeys.map(({ sealed }) => ({ kind: 'propertyCardKey' as const, of: number, sealed })),
  );
  const tokens = [...walk(tx, 'accounts', 'key', [])].flatMap(({ sid, sealedToken, previousToken }) =>
    [sealedToken, ...(previousToken === null ? [] : [previousToken])].map((sealed) => ({
      kind: 'accountToken' as const,
      of: sid,
      sealed,
    })),
  );
  const webhooks = [...walk(tx, 'webhooks', 'key', [])].flatMap(({ id, sealedSecret, previousSecret }) =>
    [sealedSecret, ...(previousSecret === null ? [] : [previousSecret])].map((sealed) => ({
      kind: 'webhookSecret' as const,
      of: id,
      sealed,
    })),
  );
  const authenticators = [...walk(tx, 'authenticators', 'key', [])].map(({ personId, sealedSecret }) => ({
    kind: 'authenticatorSecret' as const,
    of: personId,
    sealed: sealedSecret,
  }));
  return { known, secrets: [...cardKeys, ...tokens, ...webhooks, ...authenticators] };
}
