import { KeepQueues } from '../encoder/keep-queues.ts';
import { LiveProvider } from '../live/live.tsx';
import { Nowhere } from '../session/nowhere.tsx';
import { SessionProvider } from '../session/session.tsx';
import { Shell } from '../shell/shell.tsx';

/** What all pages of somebody who is signed in stand in. */
export function SignedIn() {
  return (
    <SessionProvider none={<Nowhere />}>
      <LiveProvider>
        <KeepQueues />
        <Shell />
      </LiveProvider>
    </SessionProvider>
  );
}
