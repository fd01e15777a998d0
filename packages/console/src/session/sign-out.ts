import { isProblem } from '@keyrack/sdk';
import type { QueryClient } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { tellSessionChange } from './session-news.ts';

/** Ends the session, and forgets all that was seen in it. One that has ended already is as good. */
export async function signOut(client: QueryClient): Promise<void> {
  try {
    await keyrack.sessions.revoke({ session: 'current' });
  } catch (error) {
    if (!isProblem(error, 'unauthorized')) throw error;
  }
  client.clear();
  tellSessionChange();
}
