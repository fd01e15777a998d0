import { createKeyrack, isProblem, isUnreachable } from '@keyrack/sdk';
import { isLoopback } from '@keyrack/server/runtime/public-address.ts';
import { Command, InvalidArgumentError } from 'commander';
import { forgetLogin, loginFile, storeLogin } from './connection/stored-login.ts';
import { CommandFailure, usageError } from './exit.ts';
import { readSecret } from './read-secret.ts';
import type { Terminal } from './terminal.ts';

/** `keyrack login` and `logout`: commands for the server of another computer. */

export function loginCommand(terminal: Terminal): Command {
  return new Command('login')
    .description("Keep an API key for another computer's server; commands go there from now on.")
    .argument('<url>', 'its address, e.g. https://keys.example.com', parseUrl)
    .option('--key-file <file>', 'a file that holds the key; unless given, it is asked for or read from standard input')
    .addHelpText('after', '\nThe key is asked for at a terminal, and not shown. `keyrack logout` forgets it.')
    .action(async (url: string, { keyFile }: { readonly keyFile?: string }) => {
      const key = await readSecret(terminal, { file: keyFile, option: '--key-file', question: `API key for ${url}` });
      if (!/^[\x21-\x7e]+$/.test(key)) throw usageError('This is no API key; it begins with kr_ and has no blanks.');
      await tryKey(url, key);
      const file = storeLogin(terminal, { url, key });
      terminal.out(`Commands go to ${url} from now on. The key is in ${file}.`);
    });
}

export function logoutCommand(terminal: Terminal): Command {
  return new Command('logout').description('Forget the key that `keyrack login` kept.').action(() => {
    const file = loginFile(terminal);
    terminal.out(forgetLogin(terminal) ? `${file} is gone. To end the key itself, revoke it.` : 'Nobody is logged in.');
  });
}

/** A key that doesn't work isn't kept. */
async function tryKey(url: string, key: string): Promise<void> {
  try {
    await createKeyrack({ url, key, userAgent: 'keyrack-cli' }).properties.list({ limit: 1 });
  } catch (error) {
    if (isProblem(error, 'unauthorized'))
      throw new CommandFailure(`${url} doesn't take this key: it is mistyped, expired or revoked. Nothing was kept.`);
    if (isProblem(error) || isUnreachable(error)) throw new CommandFailure(`${error.message} Nothing was kept.`);
    throw error;
  }
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new InvalidArgumentError('An address is written https://HOST.');
  const address = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  if (url.protocol === 'http:' && !isLoopback(address))
    throw new InvalidArgumentError('Plain http would show the key to everybody on the way; use https.');
  return address;
}
