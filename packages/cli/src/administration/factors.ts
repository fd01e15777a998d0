import { Command } from 'commander';
import { printOne } from '../output/print.ts';
import { readSecret } from '../read-secret.ts';
import type { Terminal } from '../terminal.ts';
import { asMyself } from './me.ts';
import { type Asking, asksFirst, atServer, confirm, type ServerOptions } from './options.ts';

/** `keyrack factors`: what somebody shows besides their password. Passkeys are added in a browser. */

interface WithPassword extends ServerOptions {
  readonly passwordFile?: string;
}

export function factorsCommand(terminal: Terminal): Command {
  const group = new Command('factors').description('Your own second factors, after a login with your own password.');
  atServer(group.command('show'))
    .description('show them, and how many recovery codes are left')
    .action(async (options: ServerOptions) => {
      printOne(terminal, await asMyself(terminal, options, ({ keyrack }) => keyrack.me.getMyFactors()), options);
    });
  withPassword(group.command('add-app'))
    .description('begin with an authenticator app: prints the secret for it, and an address for a QR code, this once')
    .action(async (options: WithPassword) => {
      const currentPassword = await passwordOf(terminal, options);
      const told = await asMyself(terminal, options, ({ keyrack }) =>
        keyrack.me.createAuthenticator({ currentPassword }),
      );
      printOne(terminal, told, options);
    });
  atServer(group.command('confirm-app'))
    .description('take the app into use by the code that it shows now, which is asked for')
    .option('--code-file <file>', 'a file that holds the code; it is asked for unless given')
    .action(async (options: ServerOptions & { readonly codeFile?: string }) => {
      const wanted = { file: options.codeFile, option: '--code-file', question: 'Code of your app' };
      const code = await readSecret(terminal, wanted);
      const told = await asMyself(terminal, options, ({ keyrack }) => keyrack.me.confirmAuthenticator({ code }), {
        code: 'The code',
      });
      printOne(terminal, told, options);
    });
  asksFirst(withPassword(group.command('remove-app')))
    .description('remove your authenticator app')
    .action(async (options: WithPassword & Asking) => {
      const currentPassword = await passwordOf(terminal, options);
      await asMyself(terminal, options, async ({ keyrack, server }) => {
        await confirm(terminal, options, `Shall your app open nothing any more? (${server.name})`);
        await keyrack.me.removeAuthenticator({ currentPassword });
      });
      printOne(terminal, { authenticator: null }, options);
    });
  withPassword(group.command('recovery-codes'))
    .description('make ten codes, each good for one login without the app; those before end')
    .action(async (options: WithPassword) => {
      const currentPassword = await passwordOf(terminal, options);
      const told = await asMyself(terminal, options, ({ keyrack }) =>
        keyrack.me.createRecoveryCodes({ currentPassword }),
      );
      printOne(terminal, told, options);
    });
  return group;
}

function withPassword(command: Command): Command {
  return atServer(command).option(
    '--password-file <file>',
    'a file that holds your own password; it is asked for unless given',
  );
}

function passwordOf(terminal: Terminal, { passwordFile }: WithPassword): Promise<string> {
  return readSecret(terminal, { file: passwordFile, option: '--password-file', question: 'Your own password' });
}
