import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type LockExport, openLockExport, programmerKey, programmerKeyOf } from '@keyrack/protocol';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { atProperty, type PropertyOptions } from './administration/options.ts';
import { parseRoom, type RoomNumbers } from './administration/room-numbers.ts';
import { CommandFailure } from './exit.ts';
import { readText, withPath } from './read-text.ts';
import type { Terminal } from './terminal.ts';

/** `keyrack locks`: from the server's keys to the person who programs a lock, and to nobody on the way. */
export function locks(terminal: Terminal): Command {
  const group = new Command('locks').description('Give locks their keys.');
  group
    .command('new-key')
    .description('for whoever programs locks: make a secret key file, and print the public key that exports are for')
    .argument('<file>', 'where the secret goes; it must not be there yet')
    .action((file: string) => terminal.out(makeKeyFile(file)));
  atProperty(group.command('export'))
    .description("print one lock's number, keys and sequence, sealed for whoever programs it; noted in the audit log")
    .argument('<room>', 'BUILDING/FLOOR/ROOM, or `shared` for the shared doors', (room) =>
      room === 'shared' ? null : parseRoom(room),
    )
    .requiredOption('--for <public key>', 'as `keyrack locks new-key` printed it', parseProgrammerKey)
    .action((room: RoomNumbers | null, options: PropertyOptions & { readonly for: string }) =>
      exportLock(terminal, room, options),
    );
  group
    .command('open')
    .description('print what a sealed export holds, keys and all')
    .argument('<file>', 'what `keyrack locks export` printed')
    .requiredOption('--key <file>', 'the secret key file that it was sealed for')
    .action((file: string, { key }: { key: string }) =>
      terminal.out(JSON.stringify(openExportFile(file, key), null, 2)),
    );
  return group;
}

/** Loaded with the command: whoever opens an export asks no server. */
async function exportLock(
  terminal: Terminal,
  numbers: RoomNumbers | null,
  options: PropertyOptions & { readonly for: string },
): Promise<void> {
  const { administer } = await import('./connection/administer.ts');
  const { chooseProperty } = await import('./administration/choose-property.ts');
  const { findRoom } = await import('./administration/rooms.ts');
  const told = await administer(terminal, options, async (connection) => {
    const property = await chooseProperty(connection, terminal, options);
    const room = numbers === null ? null : (await findRoom(connection, property, numbers)).id;
    const given = { property: property.id, room, recipient: options.for };
    const { room: door, lockType, recipient, sealed } = await connection.keyrack.call('exportLock', given);
    return { door: door?.name ?? 'shared doors', lockType, recipient, sealed };
  });
  terminal.out(JSON.stringify(told, null, 2));
}

function makeKeyFile(file: string): string {
  const secret = randomBytes(32);
  try {
    writeFileSync(file, `${secret.toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw withPath(error, file);
    throw new CommandFailure(`${file} is there already; name another file, so that no key is lost.`);
  }
  return programmerKeyOf(secret);
}

const exportFile = z.object({ sealed: z.string() });

/** What a file of `keyrack locks export` holds. Throws a CommandFailure that says what to do. */
export function openExportFile(file: string, keyFile: string): LockExport {
  const secret = Buffer.from(readText(keyFile).trim(), 'base64url');
  if (secret.length !== 32) throw new CommandFailure(`${keyFile} holds no key of \`keyrack locks new-key\`.`);
  const sealed = exportFile.safeParse(parseJson(readText(file))).data?.sealed;
  if (sealed === undefined) throw new CommandFailure(`${file} isn't what \`keyrack locks export\` printed.`);
  const lock = openLockExport(sealed, secret);
  if (lock === null) throw new CommandFailure(`${file} was sealed for another key than that of ${keyFile}.`);
  return lock;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function parseProgrammerKey(text: string): string {
  const parsed = programmerKey.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('It is the line of 43 characters that `keyrack locks new-key` prints.');
}
