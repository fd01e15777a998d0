import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TEAR_MODES } from '@keyrack/agent/encoder/simulated/card-memory.ts';
import { controlClient } from '@keyrack/agent/encoder/simulated/control-client.ts';
import { CONTROL_FILE } from '@keyrack/agent/encoder/simulated/control-messages.ts';
import type { CardSummary } from '@keyrack/agent/encoder/simulated/simulated-desk.ts';
import { chip, findingOf, mac, type Reading, serial } from '@keyrack/protocol';
import { Command, InvalidArgumentError, Option } from 'commander';
import { agentFolder, DEMO_FOLDER } from './demo/demo-folder.ts';
import { EXIT } from './exit.ts';
import { INSTALLATION } from './installation.ts';
import { openExportFile } from './locks.ts';
import type { Terminal } from './terminal.ts';

/** `keyrack sim`: a person's hands at a desk with simulated encoders. */
export function simCommand({ env, out }: Terminal): Command {
  const sim = new Command('sim')
    .description('Place, remove and look at the cards of simulated encoders, while their agent runs.')
    .option('--data <folder>', "the agent's data folder; without it, that of the desk that runs here");
  const folder = () =>
    sim.opts<{ data?: string }>().data ??
    simulatedFolder(agentFolder(env.KEYRACK_DATA || DEMO_FOLDER), INSTALLATION.folders.agent);
  const desk = () => controlClient(folder());
  const encoder = () => new Option('--encoder <mac>', 'which encoder, where there are several').argParser(parseMac);
  const chipOption = (text: string) => new Option('--chip <chip>', text).choices(chip.options);

  sim
    .command('list')
    .description('list encoders and cards')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: true }) => {
      const { encoders, cards } = await desk().list();
      if (json) return out(JSON.stringify({ encoders, cards }, null, 2));
      for (const each of encoders) out(`encoder ${each.mac}  ${each.name}: ${each.card ?? 'no card'}`);
      for (const each of cards) out(describe(each));
    });
  sim
    .command('place')
    .description('put a card on an encoder')
    .argument('<serial>', 'UID in hex', parseSerial)
    .addOption(encoder())
    .addOption(chipOption('make a new card of this kind if there is none'))
    .action(async (which, on) => out(describe(await desk().place(which, on))));
  sim
    .command('remove')
    .description('take the card off an encoder')
    .addOption(encoder())
    .action(async (on: { encoder?: Parameters<ReturnType<typeof desk>['remove']>[0] }) => {
      const removed = await desk().remove(on.encoder);
      out(removed === null ? 'no card lay there' : `card ${removed} is in the drawer`);
    });
  sim
    .command('add')
    .description('put a new card into the drawer')
    .argument('<serial>', 'UID in hex', parseSerial)
    .addOption(chipOption('its kind').default('ntag-215'))
    .action(async (which, { chip: kind }) => out(describe(await desk().add(which, kind))));
  sim
    .command('tear')
    .description('let a card be snatched away in the middle of a write to it')
    .argument('<serial>', 'UID in hex', parseSerial)
    .option('--writes <n>', 'at which block write from now', parseCount, 1)
    .addOption(new Option('--mode <mode>', 'what becomes of that block').choices(TEAR_MODES).default('first-half'))
    .action(async (which, { writes, mode }) => out(describe(await desk().tear(which, writes, mode))));
  sim
    .command('show')
    .description("show a card's memory, keys and all")
    .argument('<serial>', 'UID in hex', parseSerial)
    .action(async (which) => {
      const { card, dump } = await desk().show(which);
      out(`${describe(card)}\n${dump}`);
    });
  sim
    .command('doors')
    .description('list the simulated doors')
    .action(async () => {
      for (const { door, kind } of await desk().doors()) out(`${door}  ${kind}`);
    });
  sim
    .command('knock')
    .description('hold a card to a door: it opens, or says why not')
    .argument('<door>', 'its name: see doors')
    .argument('<serial>', 'UID in hex', parseSerial)
    .action(async (door, which) => {
      const { opens, text } = await desk().knock(door, which);
      out(`door ${door} ${text}`);
      if (!opens) process.exitCode = EXIT.failed;
    });
  sim
    .command('program')
    .description("give a door's lock its keys, as whoever programs locks does")
    .argument('<door>', 'its name: see doors')
    .argument('<file>', 'what `keyrack locks export` printed')
    .requiredOption('--key <file>', 'the secret key file that it was sealed for')
    .action(async (door, file, { key }) => {
      const { versions } = await desk().program(door, openExportFile(file, key));
      out(`door ${door} takes cards of key version ${versions.join(' and ')}`);
    });
  sim
    .command('copy')
    .description('copy what a card holds onto a new chip, as a thief would')
    .argument('<serial>', 'UID of the card in hex', parseSerial)
    .argument('<onto>', 'UID of the new chip in hex', parseSerial)
    .action(async (which, onto) => out(describe(await desk().copy(which, onto))));
  return sim;
}

/** Which desk is meant where nobody names one: the one that runs, and of several that of the demonstration. */
export function simulatedFolder(demo: string, agent: string): string {
  const runs = (folder: string) => existsSync(join(folder, CONTROL_FILE));
  if (runs(demo) || (!runs(agent) && existsSync(demo))) return demo;
  return agent;
}

/** One line: where the card lies and what is on it. */
export function describe({ serial: which, chip: kind, encoder, content, isNew, tear }: CardSummary): string {
  const holds = isNew ? 'blank (new)' : describeContent(content);
  const place = encoder === null ? 'in the drawer' : `on ${encoder}`;
  const tears = tear === null ? '' : `, tears at write ${tear.writes} (${tear.mode})`;
  return `card ${which}  ${kind}  ${place}: ${holds}${tears}`;
}

function describeContent(content: Reading): string {
  const finding = findingOf(content);
  switch (finding.kind) {
    case 'image': {
      const { lockNumber, validUntil } = finding.image;
      // Whether it is whole, only a reading with the property's keys tells: a torn write may leave parts of two images.
      return `an image for lock ${lockNumber}, until ${new Date(validUntil * 60_000).toISOString().slice(0, 16)}Z`;
    }
    case 'not-an-image':
      return 'damaged';
    default:
      return finding.kind;
  }
}

function parseSerial(text: string) {
  const parsed = serial.safeParse(text.toUpperCase());
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('A serial is 1 to 16 pairs of hex digits.');
}

function parseMac(text: string) {
  const parsed = mac.safeParse(text.toUpperCase().replace(/[:-]/g, ''));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('A MAC is 12 letters or digits.');
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('It is a number from 1 to 1000.');
}
