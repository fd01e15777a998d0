import { Command, InvalidArgumentError, Option } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { printOne } from '../output/print.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import { type Asking, asksFirst, atProperty, confirm, type PropertyOptions } from './options.ts';
import { parseSerial } from './parse-serial.ts';
import { findGuests } from './rack.ts';

/** `keyrack guests`: who has which room, how long names and phones of guests are kept, and the end of one guest's. */

export function guestsCommand(terminal: Terminal): Command {
  const group = new Command('guests').description(
    'Find guests; how long their names and phones are kept, and deletion.',
  );
  atProperty(group.command('find').argument('<text>', 'a part of the name, or three digits and more of the phone'))
    .description('find guests of cards that may open a door, or will')
    .action((text: string, options: PropertyOptions) => findGuests(terminal, text, options));
  atProperty(group.command('rule'))
    .description('show how many days after a stay they are kept; null: until they are deleted')
    .action(async (options: PropertyOptions) => {
      const told = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        return connection.keyrack.guestData.getRule({ property: id });
      });
      printOne(terminal, told, options);
    });
  asksFirst(atProperty(group.command('keep').argument('<days>', 'whole days after the stay, or `forever`', parseDays)))
    .description('keep them so long; what is older is deleted within the hour, and can not be had back')
    .action(async (keptDays: number | 'forever', options: PropertyOptions & Asking) => {
      const told = await administer(
        terminal,
        options,
        async (connection) => {
          const { id, number } = await chooseProperty(connection, terminal, options);
          if (keptDays !== 'forever')
            await confirm(
              terminal,
              options,
              `Delete names and phones of guests of ${number} ${keptDays} days after their stay? (${connection.server.name})`,
            );
          const given = { property: id, keptDays: keptDays === 'forever' ? null : keptDays };
          return connection.keyrack.guestData.setRule(given);
        },
        { keptDays: 'The number of days' },
      );
      printOne(terminal, told, options);
    });
  addDelete(group, terminal);
  return group;
}

interface DeleteOptions extends PropertyOptions, Asking {
  readonly areaCode?: string;
  readonly mobile?: string;
  readonly card?: string;
  readonly cardRecord?: string;
}

function addDelete(group: Command, terminal: Terminal): void {
  asksFirst(atProperty(group.command('delete')))
    .description("delete one guest's name and phone from all records now; it can not be had back, and cards stay")
    .option('--area-code <digits>', 'country code of the mobile, e.g. 86')
    .option('--mobile <digits>', 'without its country code')
    .addOption(new Option('--card <serial>', 'of the card that they have now').argParser(parseSerial))
    .addOption(new Option('--card-record <id>', 'of any record of theirs: see `keyrack cards find`'))
    .action(async (options: DeleteOptions) => {
      const { areaCode, mobile, card, cardRecord } = options;
      if ((areaCode === undefined) !== (mobile === undefined))
        throw usageError('A phone number needs --area-code and --mobile together.');
      if ([mobile, card, cardRecord].filter((each) => each !== undefined).length !== 1)
        throw usageError('Name one guest: by --area-code and --mobile, by --card, or by --card-record.');
      const told = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        const who = mobile !== undefined ? `+${areaCode} ${mobile}` : `the guest of ${card ?? cardRecord}`;
        await confirm(terminal, options, `Delete name and phone of ${who} for good? (${connection.server.name})`);
        const guest =
          areaCode !== undefined && mobile !== undefined
            ? { areaCode: areaCode.replace(/^\+/, ''), mobile }
            : { cardRecord: cardRecord ?? (await recordOn(connection, id, card ?? '')) };
        let records = 0;
        for (;;) {
          const done = await connection.keyrack.guestData.delete({ property: id, ...guest } as never);
          records += done.records;
          if (done.complete) return { records };
        }
      });
      printOne(terminal, told, options);
    });
}

async function recordOn({ keyrack }: Connection, property: string, card: string): Promise<string> {
  const { record } = await keyrack.cards.get({ property, card });
  if (record !== null) return record.id;
  throw new CommandFailure(`Card ${card} is blank; name a record of the guest with --card-record.`);
}

function parseDays(text: string): number | 'forever' {
  if (text === 'forever') return text;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number of days, or `forever`.');
}
