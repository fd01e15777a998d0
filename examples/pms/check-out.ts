// A guest leaves: every card of the room is erased, or taken off the books where it isn't given back.
// `node examples/pms/check-out.ts ROOM`
import { isOperationFailed, isOperationOpen, isProblem } from '@keyrack/sdk';
import { readSettings } from '../settings.ts';
import { findRoom } from './find-room.ts';

const { keyrack, property, encoder } = readSettings('example-pms/1.0');
const [number] = process.argv.slice(2);
if (number === undefined) {
  console.error('Usage: check-out.ts ROOM, e.g. 101');
  process.exit(2);
}

const room = await findRoom(keyrack, property, number);
const { current } = await keyrack.rooms.getCards({ property, room: room.id });
if (current.length === 0) console.log(`No card of ${room.name} is out.`);
for (const { serial } of current) {
  if (serial !== null) await takeBack(serial);
}

async function takeBack(serial: string): Promise<void> {
  console.log(`Lay card ${serial} on encoder ${encoder}.`);
  try {
    await keyrack.carryOut({ property, kind: 'cancel', serial, encoder });
    console.log(`Card ${serial} is blank.`);
  } catch (error) {
    if (isOperationFailed(error, 'no-card', 'other-card')) return retire(serial);
    if (!isOperationFailed(error) && !isOperationOpen(error)) throw error;
    console.error(`Card ${serial}: ${error.message}`);
    process.exitCode = 1;
  }
}

/** It was not given back. Its lock may open for it until it has seen the next guest's card. */
async function retire(serial: string): Promise<void> {
  try {
    const { mayOpenUntil } = await keyrack.cards.retire({ property, card: serial });
    console.log(`Card ${serial} was not given back, and counts as lost: it may open until ${mayOpenUntil}.`);
  } catch (error) {
    // A key with the scope `cards` works at encoders; the books are an administrator's.
    if (!isProblem(error, 'forbidden')) throw error;
    console.error(`Card ${serial} was not given back. Ask an administrator to retire it.`);
    process.exitCode = 1;
  }
}
