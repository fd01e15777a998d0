import type { Operation } from '@keyrack/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useLiveNews } from '../live/live.tsx';
import { useSession } from '../session/session.tsx';
import { forgetOperations, noteOperations } from './encoders.ts';

/** Keeps true what waits at the encoders by what the stream tells: no page asks for them at each card that somebody makes. */
export function KeepQueues(): null {
  const { property } = useSession();
  const client = useQueryClient();
  useLiveNews(
    (news) => {
      if ('operations' in news) noteOperations(client, property.id, news.operations as readonly Operation[]);
    },
    () => forgetOperations(property.id),
  );
  return null;
}
