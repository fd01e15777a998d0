import { join, resolve } from 'node:path';
import { DEMO_ADMINISTRATOR, DEMO_EMAIL, DEMO_PERSON } from '@keyrack/server/demo/people.ts';
import { PUBLISHED, PUBLISHED_CANCEL_BODY } from '@keyrack/server/demo/published.ts';
import type { RunningServer } from '@keyrack/server/main.ts';
import { quoted } from '@keyrack/server/runtime/desk-command.ts';
import { isLoopback } from '@keyrack/server/runtime/public-address.ts';
import { curlPost } from '../sign/curl-line.ts';
import { agentFolder, DEMO_FOLDER } from './demo-folder.ts';

export interface Welcome {
  /** What is typed here to run Keyrack. */
  readonly program: string;
  /** Where the desk's page is; null for nowhere. */
  readonly page: string | null;
  /** Where browsers find the console. Passkeys want a name, and no address. */
  readonly console: string;
  /** The token that signs a newcomer in once; null where there is none. */
  readonly link: string | null;
  readonly dataFolder: string;
}

/** What a person reads once the demonstration is ready. */
export function welcomeText(
  { url: listening, address: { url } }: Pick<RunningServer, 'url' | 'address'>,
  { program, page, console, link, dataFolder }: Welcome,
): string {
  const warning = isLoopback(listening)
    ? ''
    : `
WARNING: it listens on ${listening}, beyond this computer.
Whoever reaches that address can use the published credentials. Don't leave it so.
`;
  // Another shell doesn't know where KEYRACK_DATA put it.
  const isUsual = resolve(dataFolder) === resolve(DEMO_FOLDER);
  const option = isUsual ? '' : `--data ${quoted(agentFolder(dataFolder))} `;
  const server = isUsual ? '' : ` --data ${quoted(dataFolder)}`;
  return `Keyrack demo. For trying out, never for guests: its credentials are published and everybody knows them.
${warning}${link === null ? '' : signInText(console, link)}
  Address   ${url}
  API       ${url}/v1, its reference ${url}/v1/reference
            key in ${join(dataFolder, 'owner-key')}
  Desk      ${page === null ? 'no page (PAGE_PORT=off)' : `${page} (the page for the person at the front desk)`}
            sign in there as ${DEMO_PERSON.email}, password ${DEMO_PERSON.password}
  Log-in    ${PUBLISHED.areaCode} ${PUBLISHED.mobile} or ${DEMO_EMAIL}
            password as clients send it (md5): ${PUBLISHED.passwordMd5}
  Account   ${PUBLISHED.accountSid}
            authToken ${PUBLISHED.authToken}
  Data      ${dataFolder} (logs in logs/; delete the folder to start afresh)

Cancel card ${PUBLISHED.serial}, which lies on encoder ${PUBLISHED.encoder}, with the published request:

  ${curlPost(`${url}/Home/Qrm/cancelCard`, PUBLISHED_CANCEL_BODY)}

Look at the simulated cards, and move them:

  ${program} sim ${option}list

Administer it: let the Front Desk issue cards or not, and see what happened:

  ${program} members list${server}
  ${program} operations list${server}

Ctrl-C stops it.`;
}

function signInText(console: string, link: string): string {
  return `
Open this in a browser. It signs you in as the administrator, once; each start makes a new one:

  ${console}/sign-in#link=${link}

Afterwards sign in there as ${DEMO_ADMINISTRATOR.email}, password ${DEMO_ADMINISTRATOR.password}.
`;
}
