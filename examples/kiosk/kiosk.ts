// A kiosk where guests make their own card: it reads booking codes from standard input, one a line, and prints what the guest
// is to do. `node examples/kiosk/kiosk.ts bookings.json`
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isOperationFailed, isOperationOpen, isRefusal, isUnreachable } from '@keyrack/sdk';
import { readSettings } from '../settings.ts';

interface Booking {
  readonly code: string;
  /** Id of the room. */
  readonly room: string;
  readonly guest: string;
  readonly until: string;
}

const { keyrack, property, encoder } = readSettings('example-kiosk/1.0');
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: kiosk.ts BOOKINGS, a file with [{"code", "room", "guest", "until"}]');
  process.exit(2);
}
const bookings: readonly Booking[] = JSON.parse(readFileSync(file, 'utf8'));
/** How long a guest may take to lay a card down. Milliseconds. */
const PATIENCE_MS = 60_000;

console.log('Enter your booking code.');
for await (const line of createInterface({ input: process.stdin })) {
  const booking = bookings.find(({ code }) => code === line.trim());
  console.log(booking === undefined ? 'We do not know this code. Please ask at the desk.' : await makeCard(booking));
}

/** Makes one card, and returns what to tell the guest. */
async function makeCard({ room, guest, until }: Booking): Promise<string> {
  const { current } = await keyrack.rooms.getCards({ property, room });
  // Whoever has a card already gets one more, and the cards open side by side. A new one would stop the first.
  const isIn = current.some(({ holder }) => holder === guest);
  if (current.length > 0 && !isIn) return 'Your room is not free yet. Please ask at the desk.';
  const mode = isIn ? 'duplicate' : 'new';
  console.log('Lay a card on the reader.');
  try {
    const { serial } = await keyrack.carryOut(
      { property, encoder, kind: 'issue', mode, room, validUntil: until, holder: { name: guest } },
      { limitMs: PATIENCE_MS },
    );
    return `Welcome, ${guest}. This is your key (${serial}).`;
  } catch (error) {
    if (isOperationOpen(error)) {
      // Nobody waits here any more: what isn't written yet must not be written for whoever comes next.
      await keyrack.operations.withdraw({ property, operation: error.operation.id }).catch(() => null);
      return 'That took too long. Please ask at the desk, and leave the card there.';
    }
    if (isOperationFailed(error, 'no-card')) return 'No card was laid down. Enter your code to try again.';
    if (isOperationFailed(error, 'card-occupied'))
      return 'This card opens another room. Enter your code, and take another card.';
    if (isOperationFailed(error, 'card-not-lifted')) return 'Take your first card away. Then enter your code again.';
    if (isOperationFailed(error) || isRefusal(error) || isUnreachable(error)) {
      console.error(error.message);
      return 'That did not work. Please ask at the desk.';
    }
    throw error;
  }
}
