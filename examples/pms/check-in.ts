// A guest arrives: the PMS has a card made for their room.
// `node examples/pms/check-in.ts RESERVATION ROOM UNTIL GUEST`
import { isOperationFailed, isOperationOpen, isRefusal } from '@keyrack/sdk';
import { readSettings } from '../settings.ts';
import { findRoom } from './find-room.ts';

const { keyrack, property, encoder } = readSettings('example-pms/1.0');
const [reservation, number, validUntil, guest] = process.argv.slice(2);
if (reservation === undefined || number === undefined || validUntil === undefined || guest === undefined) {
  console.error('Usage: check-in.ts RESERVATION ROOM UNTIL GUEST, e.g. R-1 101 2026-12-01T12:00:00+08:00 Ada');
  process.exit(2);
}

const room = await findRoom(keyrack, property, number);
const stay = { property, room: room.id, validUntil, holder: { name: guest } } as const;

try {
  // What happens is told before it happens: cards of the guest before stop at the first use of the new one.
  const preview = await keyrack.operations.previewIssue({ ...stay, kind: 'issue', mode: 'new' });
  for (const { serial, holder } of preview.stops) console.log(`This stops card ${serial} of ${holder ?? 'a guest'}.`);

  console.log(`Lay a card on encoder ${encoder}.`);
  // The reservation names the request: a PMS that was cut off and asks again gets this card told, and no second one made.
  const issued = await keyrack.carryOut(
    { ...stay, kind: 'issue', mode: 'new', encoder },
    { idempotencyKey: `check-in-${reservation}` },
  );
  console.log(`Card ${issued.serial} opens ${issued.room?.name} until ${validUntil}.`);
} catch (error) {
  process.exitCode = 1;
  if (isOperationOpen(error)) {
    // It may still be written. Asking for another card would make two.
    console.error(`Not known yet: ${error.message}`);
  } else if (isOperationFailed(error, 'no-card')) {
    console.error('No card was laid down in time. Ask again, as another attempt: R-1-2 for R-1.');
  } else if (isOperationFailed(error) || isRefusal(error)) {
    console.error(`No card was made. ${error.message}`);
  } else throw error;
}
