import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { RoomSearch } from '../app/room-search.ts';

/** Where the panel is, and its ways: to another view of the room, to an operation, to another room, and away. */
export function useRoomWay() {
  const { room = '' } = useParams({ strict: false });
  const search: RoomSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  return useMemo(() => {
    const open = (to: string, next: RoomSearch = {}, replace = false) =>
      void navigate({ to: '/desk/rooms/$room', params: { room: to }, search: next, replace });
    return {
      room,
      search,
      open,
      /** Another view of the same room. A guest who moves here still does. */
      show: (next: RoomSearch = {}, replace = false) =>
        open(room, { ...(search.from !== undefined && { from: search.from }), ...next }, replace),
      /** Follows an operation, in the same view, so that a page that is loaded again takes it up. */
      follow: (operation: string) => open(room, { ...search, operation }, true),
      close: () => void navigate({ to: '/desk' }),
      read: () => void navigate({ to: '/desk/read', search: { start: true } }),
    };
  }, [room, search, navigate]);
}

export type RoomWay = ReturnType<typeof useRoomWay>;
