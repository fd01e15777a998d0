import type { Answer } from '@keyrack/sdk';
import type { Column } from '../output/table.ts';
import { clockOf } from './times.ts';

type CardRecord = Answer<'listCardRecords'>['data'][number];

/** Card records as people read them, by the clocks of the property. */
export function cardRecordColumns(timeZone: string): Column<CardRecord>[] {
  return [
    { title: 'ISSUED', of: ({ issuedAt }) => clockOf(issuedAt, timeZone), whole: true },
    { title: 'SERIAL', of: ({ serial }) => serial, whole: true },
    { title: 'STATUS', of: ({ status }) => status },
    { title: 'HOLDER', of: ({ holder }) => holder },
    { title: 'FROM', of: ({ validFrom }) => clockOf(validFrom, timeZone) },
    { title: 'UNTIL', of: ({ validUntil }) => clockOf(validUntil, timeZone), whole: true },
    { title: 'MAY OPEN UNTIL', of: ({ mayOpenUntil }) => clockOf(mayOpenUntil, timeZone), whole: true },
    { title: 'ID', of: ({ id }) => id, whole: true },
  ];
}
