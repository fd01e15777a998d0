// A guest stays longer: each of their cards gets a later end. `node examples/pms/extend.ts RESERVATION ROOM UNTIL`
import { isOperationFailed, isOperationOpen, isRefusal } from '@keyrack/sdk';
import { readSettings } from '../settings.ts';
import { findRoom } from './find-room.ts';

const { keyrack, property, encoder } = readSettings('example-pms/1.0');
const [reservation, number, validUntil] = process.argv.slice(2);
if (reservation === undefined || number === undefined || validUntil === undefined) {
  console.error('Usage: extend.ts RESERVATION ROOM UNTIL, e.g. R-1 101 2026-12-03T12:00:00+08:00');
  process.exit(2);
}

const room = await findRoom(keyrack, property, number);
const { current } = await keyrack.rooms.getCards({ property, room: room.id });
// What was extended before this program was cut off has its later end already.
const left = current.filter((card) => Date.parse(card.validUntil) < Date.parse(validUntil));
if (left.length === 0) console.log(`No card of ${room.name} ends before ${validUntil}.`);

try {
  for (const { serial } of left) {
    console.log(`Lay card ${serial} of ${room.name} on encoder ${encoder}.`);
    // A duplicate is for the guest who is in, and stops none of their cards. It takes their name from those.
    const extended = await keyrack.carryOut(
      { property, kind: 'issue', mode: 'duplicate', room: room.id, validUntil, encoder },
      { idempotencyKey: `extend-${reservation}-${validUntil}-${serial}` },
    );
    console.log(`Card ${extended.serial} opens ${room.name} until ${validUntil}.`);
  }
} catch (error) {
  process.exitCode = 1;
  if (isOperationOpen(error)) console.error(`Not known yet: ${error.message}`);
  else if (isOperationFailed(error) || isRefusal(error)) console.error(`Not extended. ${error.message}`);
  else throw error;
}
