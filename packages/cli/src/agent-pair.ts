import { checkServerAddress, DamagedIdentity, readIdentity, webSocketTransportBy } from '@keyrack/agent';
import { Command } from 'commander';
import { actAsOwner } from './act-as-owner.ts';
import { type NetworkFlags, routeTo } from './agent-network.ts';
import { pairFolder } from './agent-pairing.ts';
import { readAgentSettings } from './agent-settings.ts';
import { usageError } from './exit.ts';
import type { Terminal } from './terminal.ts';

export interface PairFlags extends NetworkFlags {
  readonly data: string;
}

/** `keyrack agent pair`: makes this computer a front desk, for an agent that something else starts. */
export function pairCommand(terminal: Terminal): Command {
  return new Command('pair')
    .description('Pair this computer with a one-time code from `keyrack agents pair`, and start nothing.')
    .argument('[code]', 'the code; asked for where it is left out')
    .addHelpText(
      'after',
      "\nTakes --data, --server, --ca-file and --proxy like `keyrack agent`. Root pairs as the data folder's owner.",
    )
    .action((code: string | undefined, _flags: object, command: Command) =>
      pairDesk(code, command.optsWithGlobals<PairFlags>(), terminal),
    );
}

/** Trades a code for this computer's place at a property. What wasn't given is asked for. */
export async function pairDesk(typed: string | undefined, flags: PairFlags, terminal: Terminal): Promise<void> {
  actAsOwner(flags.data);
  const settings = readAgentSettings(flags.data);
  const paired = await readIdentity(flags.data).catch((error: unknown) => {
    if (error instanceof DamagedIdentity) return null;
    throw error;
  });
  const server =
    flags.server ??
    settings.server ??
    paired?.server ??
    (await ask(terminal, 'The server (wss://HOST/agent): ', 'Which server? Name it with --server.'));
  checkServerAddress(server);
  const transport = webSocketTransportBy(routeTo(server, flags, settings, terminal.env));
  const code = typed ?? (await ask(terminal, 'The pairing code: ', 'Which code? Type it behind `keyrack agent pair`.'));
  const known = paired?.identity.agent ?? settings.id ?? null;
  const { agent, property } = await pairFolder({ folder: flags.data, server, code, known }, transport);
  terminal.out(`Paired with ${property} as agent ${agent}.`);
}

/** What a person types at a terminal. Throws what is wrong where nobody sits there. */
async function ask({ person }: Terminal, question: string, otherwise: string): Promise<string> {
  if (person === undefined) throw usageError(otherwise);
  return (await person.ask(question)).trim();
}
