import type { RunningServer } from '@keyrack/server/main.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';

/** More than SQLite keeps in memory of a database (16 MB), by rows of about 250 bytes with their indexes. */
const ROWS = 100_000;
const AT_ONCE = 5_000;

/**
 * Gives a server's database years of another property, written by the server itself. What SQLite keeps in memory is then
 * full before the first input, as it is in a property that has worked for a while, and doesn't grow with what is fed.
 */
export async function fillPageCache(server: RunningServer): Promise<void> {
  for (let from = 0; from < ROWS; from += AT_ONCE) {
    const rows = Array.from({ length: AT_ONCE }, (_, i) => eventOf(from + i));
    await server.run('putRows', { rows, onlyIfEmpty: false });
  }
}

function eventOf(number: number): TableRow {
  const id = `event-${String(number).padStart(30, '0')}`;
  return {
    table: 'roomEvents',
    row: {
      propertyId: 'a-property-that-nobody-asks-about',
      id,
      roomId: `room-${number % 40}`,
      at: 1_700_000_000_000 + number,
      kind: 'read',
      serial: null,
      recordId: `record-of-${id}`,
      memberId: null,
    },
  };
}
