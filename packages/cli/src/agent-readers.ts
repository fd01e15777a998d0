import { listReaders, type ReaderSettings, readIdentity, systemClock } from '@keyrack/agent';
import { mac } from '@keyrack/protocol';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type AgentSettings, readAgentSettings } from './agent-settings.ts';
import { CommandFailure, usageError } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** Which encoders an agent has, as its command line says. */
export interface EncoderFlags {
  readonly simEncoder?: readonly string[];
  readonly pcsc?: boolean;
  readonly pcscEncoder?: readonly string[];
  readonly forSignedIn?: string;
}

export function addEncoderOptions(command: Command): Command {
  const repeated =
    (parse: (text: string) => string) =>
    (text: string, before: readonly string[] = []) => [...before, parse(text)];
  return command
    .option('--pcsc', "this computer's card readers, each with a MAC of its own: see `keyrack agent readers`")
    .addOption(
      new Option(
        '--pcsc-encoder <mac=reader>',
        'the card reader of that name as that encoder; may be repeated',
      ).argParser(repeated(parseNamedReader)),
    )
    .addOption(new Option('--sim-encoder <mac>', 'a simulated encoder; may be repeated').argParser(repeated(parseMac)))
    .addOption(new Option('--for-signed-in <mac>', 'the encoder for card types 2 and 3').argParser(parseMac));
}

/** The readers that are to be used; undefined for none. What is named on the command line goes before agent.json. */
export function readersOf(flags: EncoderFlags, settings: AgentSettings): ReaderSettings | undefined {
  const { pcsc, pcscEncoder, forSignedIn } = flags;
  const known = settings.readers;
  if (!pcsc && pcscEncoder === undefined && known === undefined) return undefined;
  const named = pcscEncoder?.map(toNamedReader) ?? known?.named ?? [];
  return { named, forSignedIn: forSignedIn === undefined ? (known?.forSignedIn ?? null) : mac.parse(forSignedIn) };
}

/** `keyrack agent readers`: what is plugged in, and as which encoder it would answer. */
export function readersCommand({ out }: Terminal): Command {
  return new Command('readers')
    .description("List this computer's card readers, and the MAC that each answers to as an encoder.")
    .addHelpText('after', '\nTakes --data, --id and --pcsc-encoder like `keyrack agent`.')
    .action(async (_flags: object, command: Command) => {
      const flags = command.optsWithGlobals<EncoderFlags & { readonly data: string; readonly id?: string }>();
      const settings = readAgentSettings(flags.data);
      const paired = await readIdentity(flags.data);
      const desk = paired?.identity.agent ?? flags.id ?? settings.id;
      // A reader without a serial number answers to a MAC of this agent's, which is known once it is paired.
      if (desk === undefined)
        throw usageError(
          `No agent was paired in ${flags.data}. Pair it first, or give its id with --id: MACs depend on it.`,
        );
      const list = await listReaders(readersOf(flags, settings) ?? { named: [], forSignedIn: null }, desk, systemClock);
      if (list.service !== 'running') throw new CommandFailure(list.message);
      if (list.whyNone !== null) return out(list.whyNone);
      for (const { name, mac: answersTo, hasCard } of list.readers) {
        out(`${answersTo ?? 'not used    '}  ${name}${hasCard ? '  (a card lies there)' : ''}`);
      }
    });
}

function toNamedReader(text: string): ReaderSettings['named'][number] {
  const at = text.indexOf('=');
  return { mac: mac.parse(text.slice(0, at)), reader: text.slice(at + 1) };
}

function parseNamedReader(text: string): string {
  const at = text.indexOf('=');
  const reader = text.slice(at + 1).trim();
  if (at < 0 || reader === '') throw new InvalidArgumentError('Write it as MAC=READER, with the name in quotes.');
  return `${parseMac(text.slice(0, at))}=${reader}`;
}

function parseMac(text: string): string {
  const parsed = mac.safeParse(text.toUpperCase().replace(/[:-]/g, ''));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('A MAC is 12 letters or digits.');
}
