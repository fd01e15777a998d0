import { Command } from 'commander';
import { CommandFailure } from './exit.ts';
import { forServer, tell } from './operator-call.ts';
import { readText } from './read-text.ts';
import type { Terminal } from './terminal.ts';

/** `keyrack import`: what an integration already uses elsewhere, so that it works here unchanged. */
export function importCommand(terminal: Terminal): Command {
  const group = new Command('import').description('Take over what an integration already uses with another provider.');
  forServer(group.command('account'), terminal)
    .description('let a developer account act for the property with its own accountSid and authToken')
    .argument('<accountSid>', 'its 32 letters and digits')
    .requiredOption('--token-file <file>', 'a file that holds its authToken')
    .requiredOption('--name <name>', 'whose it is')
    .action((sid: string, { data, property, tokenFile, name }) =>
      tell(
        terminal,
        data,
        'import-account',
        { property, sid, name, token: readText(tokenFile).trim() },
        { sid: 'accountSid', token: `The authToken in ${tokenFile}` },
      ),
    );
  forServer(group.command('rooms'), terminal)
    .description('add buildings, floors and rooms, or change their names and lock types')
    .argument('<file>', 'an answer of fetchRoomInfo, or what stands in its data')
    .action((file: string, { data, property }) =>
      tell(terminal, data, 'import-rooms', { property, rooms: readRooms(file) }, { rooms: file }),
    );
  forServer(group.command('member'), terminal)
    .description('add a member who answers for requests, or change the one with this mobile or e-mail')
    .argument('<name>', 'the name that records show')
    .option('--area-code <digits>', 'of the mobile: creatorAreaCode')
    .option('--mobile <digits>', 'creatorMobile')
    .option('--email <address>', 'creatorEmail')
    .requiredOption('--md5-file <file>', 'a file that holds the md5 of the password: creatorPassword')
    .option('--no-issuing', 'without the issuing permission')
    .action((name: string, { data, property, areaCode = null, mobile = null, email = null, md5File, issuing }) =>
      tell(
        terminal,
        data,
        'import-member',
        {
          property,
          name,
          areaCode,
          mobile,
          email,
          passwordMd5: readText(md5File).trim().toLowerCase(),
          issuingPermission: issuing,
        },
        { name: 'The name', passwordMd5: `What stands in ${md5File}` },
      ),
    );
  return group;
}

/** The envelope around the data may be there. */
function readRooms(file: string): unknown {
  try {
    const answer: unknown = JSON.parse(readText(file));
    return typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : answer;
  } catch (error) {
    throw error instanceof SyntaxError
      ? new CommandFailure(`${file} holds no JSON; save the answer as it came.`)
      : error;
  }
}
