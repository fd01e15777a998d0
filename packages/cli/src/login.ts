import { createKeyrack, isProblem, isUnreachable } from '@keyrack/sdk';
import { isLoopback } from '@keyrack/server/runtime/public-address.ts';
import { Command, InvalidArgumentError } from 'commander';
import { given } from './administration/options.ts';
import { forgetLogin, loginFile, readLogin, storeLogin } from './connection/stored-login.ts';
import { CommandFailure, usageError } from './exit.ts';
import { readSecret } from './read-secret.ts';
import type { Terminal } from './terminal.ts';

/** `keyrack login` and `logout`: commands for the server of another computer. */

export function loginCommand(terminal: Terminal): Command {
  return new Command('login')
    .description("Keep an API key for another computer's server; or sign in there with your password.")
    .argument('<url>', 'its address, e.g. https://keys.example.com', parseUrl)
    .option('--key-file <file>', 'a file that holds the key; unless given, it is asked for or read from standard input')
    .option('--email <address>', 'sign in by it with your password, in the place of a key')
    .option('--area-code <digits>', 'country code of the mobile, e.g. 86')
    .option('--mobile <digits>', 'sign in by it with your password; without its country code')
    .option(
      '--property <number>',
      "sign in as a member of it, with the membership's password; as yourself unless given",
    )
    .option('--password-file <file>', 'a file that holds the password; it is asked for unless given')
    .option(
      '--code-file <file>',
      'a file that holds the code of your app, or a recovery code; asked for where one is needed',
    )
    .option('--invited', 'you have an invitation and no password yet: become a person by it, who joins what it offers')
    .option('--name <name>', 'with --invited: the name that others see')
    .option(
      '--invitation-file <file>',
      'with --invited: a file that holds the invitation; it is asked for unless given',
    )
    .addHelpText(
      'after',
      '\nWhat is secret is asked for at a terminal, and not shown. A session by password ends an hour after its last use.\n`keyrack logout` forgets the login.',
    )
    .action((url: string, options: LoginOptions) =>
      options.email !== undefined || options.mobile !== undefined
        ? signIn(terminal, url, options)
        : keepKey(terminal, url, options),
    );
}

interface LoginOptions {
  readonly keyFile?: string;
  readonly email?: string;
  readonly areaCode?: string;
  readonly mobile?: string;
  readonly property?: string;
  readonly passwordFile?: string;
  readonly codeFile?: string;
  readonly invited?: true;
  readonly name?: string;
  readonly invitationFile?: string;
}

async function keepKey(terminal: Terminal, url: string, options: LoginOptions): Promise<void> {
  const { keyFile, property, passwordFile, invited } = options;
  if (property !== undefined || passwordFile !== undefined || invited)
    throw usageError('Whoever signs in with a password gives --email, or --area-code and --mobile.');
  const key = await readSecret(terminal, { file: keyFile, option: '--key-file', question: `API key for ${url}` });
  if (!/^[\x21-\x7e]+$/.test(key)) throw usageError('This is no API key; it begins with kr_ and has no blanks.');
  await tryKey(url, key);
  const file = storeLogin(terminal, { url, key });
  terminal.out(`Commands go to ${url} from now on. The key is in ${file}.`);
}

/** Opens a session, whose token takes the place of a key. */
async function signIn(terminal: Terminal, url: string, options: LoginOptions): Promise<void> {
  const { keyFile, email, areaCode, mobile, property, passwordFile, invited, name, invitationFile } = options;
  if (keyFile !== undefined) throw usageError('Give --key-file for a key, or --email or --mobile for a password.');
  if ((areaCode === undefined) !== (mobile === undefined))
    throw usageError('A phone number needs --area-code and --mobile together.');
  if (invited && (name === undefined || property !== undefined))
    throw usageError('--invited needs --name, and no --property: the invitation says where.');
  const known = given({ email, areaCode: areaCode?.replace(/^\+/, ''), mobile });
  const invitation = invited
    ? await readSecret(terminal, { file: invitationFile, option: '--invitation-file', question: 'Invitation' })
    : null;
  const password = await readSecret(terminal, {
    ...{ file: passwordFile, option: '--password-file', question: invited ? 'Your new password' : 'Password' },
    ...(invited && { repeat: 'The same once more' }),
  });
  const keyrack = createKeyrack({ url, key: 'none', userAgent: 'keyrack-cli' });
  const session = await work();
  const file = storeLogin(terminal, { url, key: tokenOf(session) });
  terminal.out(`You are signed in at ${url}, and commands go there from now on. The session is in ${file}.`);

  async function work() {
    try {
      if (invitation !== null) await keyrack.persons.create({ invitation, name: name ?? '', password, ...known });
      const begun = await keyrack.sessions.create({ ...known, password, ...given({ property }) });
      return begun.state === 'open' ? begun : await open(begun);
    } catch (error) {
      throw isProblem(error) || isUnreachable(error)
        ? new CommandFailure(`${error.message} Nothing was kept.`, isProblem(error, 'invalid-request') ? 2 : 1)
        : error;
    }
  }

  /** The password was right, and a second factor is asked for. */
  async function open({ token, factors }: Awaited<ReturnType<typeof keyrack.sessions.create>>) {
    if (factors.every((factor) => factor === 'passkey'))
      throw new CommandFailure(
        'You have passkeys alone, which need a browser. Add an authenticator app or recovery codes there. Nothing was kept.',
      );
    const question = 'Code of your app, or a recovery code';
    const code = await readSecret(terminal, { file: options.codeFile, option: '--code-file', question });
    const shown = /^[\d ]{6,7}$/.test(code) ? { code } : { recoveryCode: code };
    return keyrack.sessions.open({ session: tokenOf({ token }), ...shown });
  }
}

/** Only pages of the server itself have theirs in a cookie. */
function tokenOf({ token }: { readonly token: string | null }): string {
  if (token !== null) return token;
  throw new CommandFailure('The server gave no token: see that no proxy adds headers to requests. Nothing was kept.');
}

export function logoutCommand(terminal: Terminal): Command {
  return new Command('logout')
    .description('Forget what `keyrack login` kept, and end its session.')
    .action(async () => {
      const file = loginFile(terminal);
      const login = loginIn(terminal);
      if (!forgetLogin(terminal)) return terminal.out('Nobody is logged in.');
      if (login === null || !login.key.startsWith('ks_'))
        return terminal.out(`${file} is gone. To end the key itself, revoke it.`);
      const keyrack = createKeyrack({ url: login.url, key: login.key, userAgent: 'keyrack-cli', retries: 0 });
      // One that has ended by itself, or whose server is away, ends within an hour.
      await keyrack.sessions.revoke({ session: 'current' }).catch(() => {});
      terminal.out(`${file} is gone, and its session has ended.`);
    });
}

/** Null for one that can't be read: it is forgotten all the same. */
function loginIn(terminal: Terminal): ReturnType<typeof readLogin> {
  try {
    return readLogin(terminal);
  } catch {
    return null;
  }
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
