import { examineDesk, type Finding, journalFolder, listReaders, readIdentity, systemClock } from '@keyrack/agent';
import { Command } from 'commander';
import { actAsOwner } from './act-as-owner.ts';
import { type NetworkFlags, routeTo } from './agent-network.ts';
import { type EncoderFlags, readersOf } from './agent-readers.ts';
import { readAgentSettings } from './agent-settings.ts';
import { CommandFailure } from './exit.ts';
import type { Terminal } from './terminal.ts';

export interface DoctorFlags extends NetworkFlags, EncoderFlags {
  readonly data: string;
  readonly id?: string;
  readonly tokenFile?: string;
  readonly json?: boolean;
}

/** `keyrack agent doctor`: what keeps this desk from working, and what to do about it. */
export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .description('Examine this front desk: a line for each thing, and what to do where one is wrong.')
    .option('--json', 'print the findings as JSON, for scripts')
    .addHelpText(
      'after',
      '\nTakes --data, --server, --ca-file, --proxy, --id, --pcsc and --pcsc-encoder like `keyrack agent`. Changes nothing; an agent may run meanwhile.',
    )
    .action((_flags: object, command: Command) => examine(command.optsWithGlobals<DoctorFlags>(), terminal));
}

/** Prints what it finds. @throws CommandFailure where something is wrong */
export async function examine(flags: DoctorFlags, { env, out }: Terminal): Promise<void> {
  const folder = flags.data;
  actAsOwner(folder);
  const settings = readAgentSettings(folder);
  // What is wrong with it is among the findings.
  const paired = await readIdentity(folder).catch(() => null);
  const server = flags.server ?? settings.server ?? paired?.server ?? null;
  const installationId = paired?.identity.agent ?? flags.id ?? settings.id ?? '';
  const readers = readersOf(flags, settings);
  const findings = await examineDesk({
    folder,
    journal: journalFolder(folder),
    enrolled: (settings.token ?? flags.tokenFile) !== undefined,
    server,
    route: server === null ? {} : routeTo(server, flags, settings, env),
    readers: readers === undefined ? null : await listReaders(readers, installationId, systemClock),
    clock: systemClock,
  });
  const wrong = findings.filter(({ todo }) => todo !== null).length;
  out(flags.json ? JSON.stringify({ ok: wrong === 0, findings }, null, 2) : findings.map(lineOf).join('\n'));
  if (wrong > 0) throw new CommandFailure(wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`);
}

function lineOf({ check, found, todo }: Finding): string {
  return todo === null ? `✓ ${check}: ${found}` : `✗ ${check}: ${found}. ${todo}`;
}
