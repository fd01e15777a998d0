import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { roomCardsOf, roomOf } from './room.ts';

/** The room that a guest leaves for another, and how many of its cards still open it. Null while it isn't known, and without a move. */
export function useOldRoom(from: string | undefined): { readonly name: string; readonly cards: number } | null {
  const { property } = useSession();
  const room = useQuery({ ...roomOf(property.id, from ?? ''), enabled: from !== undefined });
  const cards = useQuery({ ...roomCardsOf(property.id, from ?? ''), enabled: from !== undefined });
  if (room.data === undefined || cards.data === undefined) return null;
  return { name: room.data.name, cards: cards.data.current.length };
}
