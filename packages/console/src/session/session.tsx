import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { choosePlace, chosenPlace, keepToPlace } from './chosen-property.ts';
import { type Myself, myself, type Place, type Right } from './myself.ts';
import { useSameSession } from './use-same-session.ts';

interface Session extends Place {
  readonly me: Myself;
  /** Whether the role allows it here. Whether somebody may work with cards now, `mayIssue` says. */
  can(right: Right): boolean;
  /** The role's right and the issuing permission together. */
  readonly mayIssue: boolean;
  /** Shows another property in this tab. */
  switchTo(property: string): void;
}

const SessionContext = createContext<Session | null>(null);

/** Pages within know who is signed in, and at which property. `none` is shown to who has no place anywhere. */
export function SessionProvider({ children, none }: { readonly children: ReactNode; readonly none: ReactNode }) {
  const { data: me } = useSuspenseQuery(myself);
  const client = useQueryClient();
  const isSame = useSameSession(me);
  const [chosen, setChosen] = useState(() => chosenPlace(me.places)?.property.id ?? null);
  const place =
    chosen === null ? chosenPlace(me.places) : (me.places.find(({ property }) => property.id === chosen) ?? null);
  const shown = place?.property.id ?? null;
  useEffect(() => {
    if (shown !== null) keepToPlace(shown);
  }, [shown]);
  // What was begun there isn't gone on with at another property.
  const isOver = chosen !== null && place === null;
  useEffect(() => {
    if (isOver) location.replace('/');
  }, [isOver]);
  const switchTo = useCallback(
    (property: string) => {
      choosePlace(property);
      setChosen(property);
      // What was seen of another property is no news of this one.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    },
    [client],
  );
  const session = useMemo<Session | null>(
    () =>
      place && {
        ...place,
        me,
        can: (right) => place.rights.has(right),
        mayIssue: place.member !== null && place.rights.has('operations.write') && place.issuingPermission,
        switchTo,
      },
    [place, me, switchTo],
  );
  if (!isSame || isOver) return null;
  if (session === null) return none;
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Who is signed in, at which property, and what they may do there. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession is for pages of somebody who is signed in');
  return session;
}
