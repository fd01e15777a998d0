export const ROOM_VIEWS = ['extend', 'lost', 'move', 'check-out', 'history'] as const;

/** What the panel of a room shows: what is being done there, and which operation it follows. */
export interface RoomSearch {
  readonly view?: (typeof ROOM_VIEWS)[number];
  /** Whose card it is, as a key of the desk chose before the room was known. */
  readonly mode?: 'new' | 'same';
  /** The card that it is about. */
  readonly record?: string;
  /** The operation that is followed, so that a page that is loaded again takes it up. */
  readonly operation?: string;
  /** The room that its guest leaves for this one. */
  readonly from?: string;
}

/** What of an address counts. Whatever else stands there is passed over. */
export function readRoomSearch({ view, mode, record, operation, from }: Readonly<Record<string, unknown>>): RoomSearch {
  const known = ROOM_VIEWS.find((each) => each === view);
  return {
    ...(known !== undefined && { view: known }),
    ...((mode === 'new' || mode === 'same') && { mode }),
    ...(typeof record === 'string' && { record }),
    ...(typeof operation === 'string' && { operation }),
    ...(typeof from === 'string' && { from }),
  };
}
