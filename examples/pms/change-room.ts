// A guest changes rooms: each of their cards is erased, and made anew for the other room.
// `node examples/pms/change-room.ts RESERVATION FROM TO`
import { type components, isOperationFailed, isOperationOpen, isRefusal } from '@keyrack/sdk';
import { readSettings } from '../settings.ts';
import { findRoom } from './find-room.ts';

const { keyrack, property, encoder } = readSettings('example-pms/1.0');
const [reservation, from, to] = process.argv.slice(2);
if (reservation === undefined || from === undefined || to === undefined || from === to) {
  console.error('Usage: change-room.ts RESERVATION FROM TO, e.g. R-1 101 204');
  process.exit(2);
}

const [left, taken] = [await findRoom(keyrack, property, from), await findRoom(keyrack, property, to)];
const { current } = await keyrack.rooms.getCards({ property, room: left.id });
const [first] = current;
const there = (await keyrack.rooms.getCards({ property, room: taken.id })).current;
if (first === undefined) stop(`No card of ${left.name} is out. Check the guest in instead.`);
else if (there.some(({ holder }) => holder !== first.holder)) stop(`${taken.name} is not free.`);
else await changeAll(current);

async function changeAll(cards: readonly components['schemas']['CardRecord'][]): Promise<void> {
  try {
    // Its first card is the new guest's, and the others are that guest's too.
    let mode: 'new' | 'duplicate' = there.length === 0 ? 'new' : 'duplicate';
    for (const { serial, validUntil, holder } of cards) {
      if (serial === null) continue;
      console.log(`Lay card ${serial} of ${left.name} on encoder ${encoder}.`);
      // First the old room: a card that is cut off between the two opens nothing, rather than both.
      await keyrack.carryOut({ property, kind: 'cancel', serial, encoder });
      const made = await keyrack.carryOut(
        {
          property,
          kind: 'issue',
          mode,
          room: taken.id,
          validUntil,
          encoder,
          ...(holder && { holder: { name: holder } }),
        },
        { idempotencyKey: `change-${reservation}-${to}-${serial}` },
      );
      mode = 'duplicate';
      console.log(`Card ${made.serial} opens ${taken.name}, and ${left.name} no longer.`);
    }
  } catch (error) {
    if (isOperationOpen(error)) stop(`Not known yet: ${error.message}`);
    else if (isOperationFailed(error) || isRefusal(error)) stop(`Not changed. ${error.message}`);
    else throw error;
  }
}

function stop(why: string): void {
  console.error(why);
  process.exitCode = 1;
}
