import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isSignedOut } from '../api/queries.ts';
import { type Myself, myself } from './myself.ts';
import { hearSessionChange, hearUnknownSession } from './session-news.ts';

const DOOR = '/sign-in';

/**
 * Whether the page still is of the session that it began with. Where it isn't, the page is loaded anew: what was seen and typed was
 * somebody else's, and what is pressed next must not be done in the name of another.
 */
export function useSameSession({ session }: Myself): boolean {
  const client = useQueryClient();
  const [first] = useState(session);
  const isSame = session === first;
  useEffect(() => {
    if (!isSame) location.replace('/');
  }, [isSame]);
  useEffect(() => {
    const look = () => {
      client.fetchQuery({ ...myself, staleTime: 0 }).catch((error: unknown) => {
        // Who signed out here is on the way there already.
        if (isSignedOut(error) && location.pathname !== DOOR) location.replace(doorFrom(location));
      });
    };
    const endings = [hearSessionChange(look), hearUnknownSession(look)];
    // A page that the browser kept for the way back may be of somebody who has gone.
    const restored = ({ persisted }: PageTransitionEvent) => persisted && location.reload();
    addEventListener('pageshow', restored);
    return () => {
      for (const end of endings) end();
      removeEventListener('pageshow', restored);
    };
  }, [client]);
  return isSame;
}

/** The door, which tells why one stands before it, and from which one comes back here. */
function doorFrom({ pathname, search }: Location): string {
  return `${DOOR}?${new URLSearchParams({ back: `${pathname}${search}`, ended: 'true' })}`;
}
