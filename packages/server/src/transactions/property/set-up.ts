import { databaseUse } from '../../queries/database-use.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import { offerPairing } from './pair-agent.ts';
import { putRows, type TableRow } from './put-rows.ts';

/** The fact with the hash of the one token that may set this database up, while it isn't. */
const TOKEN_FACT = 'set-up-token';

/** Makes this token the only one that may set the database up; false when it is set up already. */
export function offerSetUp(tx: Tx, { tokenHash }: { readonly tokenHash: string }): boolean {
  if (databaseUse(tx, {}) !== 'empty') return false;
  tx.put('facts', { name: TOKEN_FACT, value: tokenHash });
  return true;
}

export interface SetUp {
  readonly tokenHash: string;
  readonly propertyId: string;
  readonly rows: readonly TableRow[];
  /** For the first front desk: see `OfferPairing`. */
  readonly pairingCode: string;
  readonly now: number;
}

/** Puts the first property's rows, once, for whoever holds the token. The token is used up with it. */
export function setUp(tx: Tx, input: SetUp): 'done' | 'set-up-already' | 'wrong-token' {
  if (databaseUse(tx, {}) !== 'empty') return 'set-up-already';
  if (tx.get('facts', TOKEN_FACT)?.value !== input.tokenHash) return 'wrong-token';
  putRows(tx, { rows: input.rows, onlyIfEmpty: true });
  tx.remove('facts', TOKEN_FACT);
  audit(tx, {
    propertyId: input.propertyId,
    at: input.now,
    action: 'property-changed',
    actor: 'operator',
    details: { setUp: true },
  });
  const { propertyId, pairingCode: code, now } = input;
  const offered = offerPairing(tx, { propertyId, code, replaces: null, actor: 'operator', now });
  // Nothing else can have begun alike: codes belong to properties, and there was none.
  if (offered !== 'offered') throw new Error(`the first pairing code could not be offered: ${offered}`);
  return 'done';
}
