import { SEALED_KNOWN_FACT } from '../../queries/sealed-secrets.ts';
import type { Tx } from '../../store/store.ts';

/** Keeps the value by which later starts know the master key again. */
export function keepSealedKnown(tx: Tx, { sealed }: { readonly sealed: string }): void {
  tx.put('facts', { name: SEALED_KNOWN_FACT, value: sealed });
}
