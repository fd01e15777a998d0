import { isProblem } from '@keyrack/sdk';
import { chooseProperty } from '../administration/choose-property.ts';
import type { PropertyOptions } from '../administration/options.ts';
import { administer, type Connection } from '../connection/administer.ts';
import { printOne } from '../output/print.ts';
import { readText } from '../read-text.ts';
import type { Terminal } from '../terminal.ts';

export interface ImportAccountOptions extends PropertyOptions {
  readonly tokenFile: string;
  readonly name: string;
}

/** Lets a developer account act for the property with the accountSid and authToken that it has. Done again, it changes them. */
export async function importAccount(terminal: Terminal, sid: string, options: ImportAccountOptions): Promise<void> {
  const { tokenFile, name } = options;
  const token = readText(tokenFile).trim();
  const typed = { sid: 'accountSid', token: `The authToken in ${tokenFile}` };
  const told = await administer(
    terminal,
    options,
    async (connection) => {
      const { id, number } = await chooseProperty(connection, terminal, options);
      if (await isThere(connection, sid)) await change(connection, { account: sid, property: id, name, token });
      else await connection.keyrack.accounts.create({ sid, token, name, properties: [id] });
      return { account: sid, property: number };
    },
    typed,
  );
  printOne(terminal, told, options);
}

async function isThere({ keyrack }: Connection, account: string): Promise<boolean> {
  try {
    await keyrack.accounts.get({ account });
    return true;
  } catch (error) {
    if (isProblem(error, 'not-found')) return false;
    throw error;
  }
}

/** Given again after it broke off, the command goes on where it was. */
async function change(
  { keyrack }: Connection,
  { account, property, name, token }: Readonly<Record<'account' | 'property' | 'name' | 'token', string>>,
): Promise<void> {
  await keyrack.accounts.change({ account, name });
  await keyrack.accounts.rotateToken({ account, token, previousTokenUntil: null });
  await keyrack.call('putPropertyAccount', { property, account });
}
