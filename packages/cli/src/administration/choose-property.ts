import { isProblem } from '@keyrack/sdk';
import type { Connection } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';

export interface Property {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly timeZone: string;
}

/** Properties that a question or a message names. */
const MOST_NAMED = 20;

/**
 * The property that is meant: the one of `--property` (its number or id), or the only one. Of several, a person is asked; a
 * script has to name it.
 */
export async function chooseProperty(
  { keyrack }: Connection,
  terminal: Terminal,
  { property }: { readonly property?: string },
): Promise<Property> {
  if (property !== undefined) {
    if (!/^[0-9A-Za-z-]{1,36}$/.test(property))
      throw usageError("--property can't be used: it is 1 to 20 letters and digits, or the id of a property.");
    try {
      return await keyrack.properties.get({ property });
    } catch (error) {
      if (isProblem(error, 'not-found')) throw noSuchProperty(property);
      throw error;
    }
  }
  const { data } = await keyrack.properties.list({ limit: MOST_NAMED + 1 });
  const [only, second] = data;
  if (only === undefined)
    throw new CommandFailure('There is no property yet; add one with `keyrack properties create NUMBER NAME`.');
  if (second === undefined) return only;
  return askFor(data.slice(0, MOST_NAMED), terminal);
}

async function askFor(properties: readonly Property[], { person, err }: Terminal): Promise<Property> {
  const lines = properties.map(({ number, name }) => `  ${number}  ${printable(name)}`);
  if (person === undefined)
    throw usageError(['There are several properties; name one with --property.', ...lines].join('\n'));
  err(['There are several properties:', ...lines].join('\n'));
  for (;;) {
    const number = (await person.ask('Number of the property: ')).trim();
    const found = properties.find((each) => each.number === number);
    if (found !== undefined) return found;
    err(`None of them has the number ${printable(number) || '""'}.`);
  }
}

function noSuchProperty(number: string): CommandFailure {
  return new CommandFailure(`No property has the number ${number}; see \`keyrack properties list\`.`);
}
