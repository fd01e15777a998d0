import { Command } from 'commander';
import { atProperty } from '../administration/options.ts';
import type { Terminal } from '../terminal.ts';
import { type ImportAccountOptions, importAccount } from './import-account.ts';
import { type ImportMemberOptions, importMember } from './import-member.ts';
import { type ImportRoomsOptions, importRooms } from './import-rooms.ts';

/** `keyrack import`: what an integration already uses elsewhere, so that it works here unchanged. */
export function importCommand(terminal: Terminal): Command {
  const group = new Command('import').description('Take over what an integration already uses with another provider.');
  atProperty(group.command('account'))
    .description('let a developer account act for the property with its own accountSid and authToken')
    .argument('<accountSid>', 'its 32 letters and digits')
    .requiredOption('--token-file <file>', 'a file that holds its authToken')
    .requiredOption('--name <name>', 'whose it is')
    .action((sid: string, options: ImportAccountOptions) => importAccount(terminal, sid, options));
  atProperty(group.command('rooms'))
    .description('add buildings, floors and rooms, or change their names and lock types')
    .argument('<file>', 'an answer of fetchRoomInfo, or what stands in its data')
    .action((file: string, options: ImportRoomsOptions) => importRooms(terminal, file, options));
  atProperty(group.command('member'))
    .description('add a member who answers for requests, or change the one with this mobile or e-mail')
    .argument('<name>', 'the name that records show')
    .option('--area-code <digits>', 'of the mobile: creatorAreaCode')
    .option('--mobile <digits>', 'creatorMobile')
    .option('--email <address>', 'creatorEmail')
    .requiredOption('--md5-file <file>', 'a file that holds the md5 of the password: creatorPassword')
    .option('--no-issuing', 'without the issuing permission')
    .action((name: string, options: ImportMemberOptions) => importMember(terminal, name, options));
  return group;
}
