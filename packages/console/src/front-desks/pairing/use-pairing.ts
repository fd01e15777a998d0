import { useMutation, useQuery } from '@tanstack/react-query';
import { keyrack } from '../../api/keyrack.ts';
import { useSession } from '../../session/session.tsx';
import { useKept } from '../../session/use-kept.ts';
import { type Desk, desksOf } from '../desk-queries.ts';

/** A code that was made here. */
export interface Offered {
  /** Null where the server shows it no longer. */
  readonly code: string | null;
  readonly command: string | null;
  /** Gets packages of the server without signing in. Not there in what a tab kept from an older console. */
  readonly downloadLink?: string | null;
  readonly expiresAt: string;
  /** Pairings behind this one may be by this code. */
  readonly since: string;
}

/** How far the pairing of one computer is. */
export type PairingState =
  | { readonly kind: 'none' }
  | { readonly kind: 'offered'; readonly offered: Offered }
  /** The computer has used the code. It is connected a moment later. */
  | { readonly kind: 'paired'; readonly desk: Desk };

/** Makes codes, and tells when a computer has used one. `replaces`: the front desk whose place it takes. */
export function usePairing(replaces: string | null) {
  const { property } = useSession();
  // A code goes on being good when the page is loaded anew, and is shown this once: so the tab keeps it.
  const [kept, keep] = useKept<Offered>(`pairing-${replaces ?? 'new'}`);
  const make = useMutation({
    async mutationFn(): Promise<Offered> {
      const { cursor } = await keyrack.call('listPropertyEvents', { property: property.id, cursor: 'latest' });
      const made = await keyrack.agents.createPairingCode({ property: property.id, replaces });
      return { ...made, since: cursor };
    },
    onSuccess: keep,
  });
  const offered = kept;
  const { data: enrolled = null } = useQuery({
    queryKey: ['agents', property.id, 'enrolled', offered?.since, replaces],
    enabled: offered !== null,
    async queryFn() {
      const { data } = await keyrack.call('listPropertyEvents', {
        property: property.id,
        cursor: offered?.since,
        types: 'agent.enrolled',
      });
      const found = data.find((event) =>
        replaces === null ? event.data.anew !== true : event.data.agent === replaces,
      );
      return typeof found?.data.agent === 'string' ? found.data.agent : null;
    },
  });
  const { data: desks } = useQuery(desksOf(property.id));
  const desk = enrolled === null ? undefined : desks?.find(({ id }) => id === enrolled);
  const state: PairingState =
    desk !== undefined ? { kind: 'paired', desk } : offered === null ? { kind: 'none' } : { kind: 'offered', offered };
  return { state, make: () => make.mutate(), again: () => keep(null), isMaking: make.isPending, error: make.error };
}
