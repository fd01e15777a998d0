/** A room at the desk: who has it, and what is done with its cards. */
export function RoomPanel() {
  return null;
}
