import type { Answer } from '@keyrack/sdk';
import { administer } from '../connection/administer.ts';
import { printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import type { PropertyOptions } from './options.ts';
import { clockOf } from './times.ts';

/** `keyrack rooms rack`: what is out of whose keys, and `keyrack guests find`: who has which room. */

type Building = Answer<'getKeyRack'>['buildings'][number];
type RackRow = Building['floors'][number]['rooms'][number] & { readonly place: string };
type Guest = Answer<'searchGuests'>['data'][number];

export async function showRack(terminal: Terminal, options: PropertyOptions & { all?: true }): Promise<void> {
  await administer(terminal, options, async (connection) => {
    const { id: property, timeZone } = await chooseProperty(connection, terminal, options);
    const { buildings } = await connection.keyrack.keyRack.get({ property });
    const rows: RackRow[] = buildings.flatMap((building) =>
      building.floors.flatMap((floor) =>
        floor.rooms.map((room) => ({ ...room, place: `${building.number}/${floor.number}/${room.number}` })),
      ),
    );
    const isShown = ({ state, busy, upcoming }: RackRow) => state !== 'vacant' || busy !== null || upcoming > 0;
    printRows(terminal, options.all ? rows : rows.filter(isShown), rackColumns(timeZone), options);
  });
}

function rackColumns(timeZone: string): Column<RackRow>[] {
  return [
    { title: 'ROOM', of: ({ place }) => place },
    { title: 'STATE', of: ({ state }) => state },
    { title: 'CARDS', of: ({ cards }) => cards, align: 'right' },
    { title: 'OUT OF USE', of: ({ outOfUse }) => outOfUse, align: 'right' },
    { title: 'LATER', of: ({ upcoming }) => upcoming, align: 'right' },
    { title: 'UNTIL', of: ({ until }) => until && clockOf(until, timeZone), whole: true },
    { title: 'NOW', of: ({ busy, attention }) => busy ?? attention },
  ];
}

export async function findGuests(terminal: Terminal, search: string, options: PropertyOptions): Promise<void> {
  await administer(
    terminal,
    options,
    async (connection) => {
      const { id: property, timeZone } = await chooseProperty(connection, terminal, options);
      const { data } = await connection.keyrack.guests.search({ property, search });
      printRows(terminal, data, guestColumns(timeZone), options);
    },
    { search: 'The part of a name or phone' },
  );
}

function guestColumns(timeZone: string): Column<Guest>[] {
  return [
    { title: 'ROOM', of: ({ room }) => room.name },
    { title: 'HOLDER', of: ({ holder }) => holder },
    { title: 'PHONE', of: ({ areaCode, mobile }) => mobile && `+${areaCode ?? ''} ${mobile}` },
    { title: 'STAY', of: ({ stay }) => stay },
    { title: 'CARDS', of: ({ cards }) => cards, align: 'right' },
    { title: 'FROM', of: ({ validFrom }) => clockOf(validFrom, timeZone), whole: true },
    { title: 'UNTIL', of: ({ validUntil }) => clockOf(validUntil, timeZone), whole: true },
  ];
}
