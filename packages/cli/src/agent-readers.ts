import { writeFileSync } from 'node:fs';
import {
  formatTrace,
  type ListedReader,
  listReaders,
  openPcsc,
  type ReaderSettings,
  readIdentity,
  systemClock,
  traceReader,
} from '@keyrack/agent';
import { mac } from '@keyrack/protocol';
import { Command, InvalidArgumentError, Option } from 'commander';
import { actAsOwner } from './act-as-owner.ts';
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
    .option('--trace <file>', 'write down what a reader is asked about a card and answers, without keys and contents')
    .addHelpText('after', '\nTakes --data, --id and --pcsc-encoder like `keyrack agent`.')
    .action(async (_flags: object, command: Command) => {
      const flags = command.optsWithGlobals<ReadersFlags>();
      actAsOwner(flags.data);
      const settings = readAgentSettings(flags.data);
      const paired = await readIdentity(flags.data);
      const installationId = paired?.identity.agent ?? flags.id ?? settings.id;
      // A reader without a serial number answers to a MAC of this agent's, which is known once it is paired.
      if (installationId === undefined)
        throw usageError(
          `No agent was paired in ${flags.data}. Pair it first, or give its id with --id: MACs depend on it.`,
        );
      const list = await listReaders(
        readersOf(flags, settings) ?? { named: [], forSignedIn: null },
        installationId,
        systemClock,
      );
      if (list.service !== 'running') throw new CommandFailure(list.message);
      if (list.whyNone !== null) return out(list.whyNone);
      for (const { name, mac: answersTo, hasCard } of list.readers) {
        out(`${answersTo ?? 'not used    '}  ${name}${hasCard ? '  (a card lies there)' : ''}`);
      }
      if (list.heldByKernel !== null) out(list.heldByKernel);
      if (flags.trace !== undefined) await trace(list.readers, flags.trace, out);
    });
}

interface ReadersFlags extends EncoderFlags {
  readonly data: string;
  readonly id?: string;
  readonly trace?: string;
}

/** How long `--trace` waits for a card on each reader. Milliseconds. */
const TRACE_WAIT_MS = 30_000;

/** Traces one reader that is used: one on which a card lies already or else the first. */
async function trace(readers: readonly ListedReader[], file: string, out: (text: string) => void): Promise<void> {
  const used = readers.filter(({ mac: answersTo }) => answersTo !== null);
  const chosen = used.find(({ hasCard }) => hasCard) ?? used[0];
  if (chosen === undefined) throw new CommandFailure('No reader is used: name one with --pcsc-encoder.');
  const { reader, name, hasCard } = chosen;
  out(hasCard ? `Looking at the card on ${name} …` : `Lay a card on ${name} within ${TRACE_WAIT_MS / 1000} s …`);
  const port = await openPcsc();
  try {
    const lines = await traceReader({ port, clock: systemClock, reader, waitMs: TRACE_WAIT_MS });
    if (lines === null) throw new CommandFailure('No card came. Run the command again, and lay one on the reader.');
    writeFileSync(file, formatTrace(lines), { mode: 0o600 });
    const found = lines.at(-1);
    out(`Found: ${found?.line === 'found' ? (found.chip ?? found.why) : 'nothing'}`);
    out(`Written to ${file}. It holds no key, no password, no content and no serial number of a card.`);
  } finally {
    await port.close();
  }
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
