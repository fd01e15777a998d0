import { createHash, type Hash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from '@keyrack/sdk';
import { Command } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { withPath } from '../read-text.ts';
import type { Terminal } from '../terminal.ts';
import { atServer, type ServerOptions } from './options.ts';

/** `keyrack downloads`: the packages that front desks are installed from, as the server offers them. */

type Download = Answer<'listDownloads'>['data'][number];

const COLUMNS: readonly Column<Download>[] = [
  { title: 'SYSTEM', of: ({ system }) => system },
  { title: 'VERSION', of: ({ version }) => version },
  { title: 'MB', of: ({ bytes }) => (bytes / 1_000_000).toFixed(1) },
  { title: 'NAME', of: ({ name }) => name, whole: true },
  { title: 'SHA-256', of: ({ sha256 }) => sha256, whole: true },
];

export function downloadsCommand(terminal: Terminal): Command {
  const group = new Command('downloads').description("List and fetch packages of the front desk's program.");
  atServer(group.command('list'))
    .description('list what the server offers, the newest version first')
    .action(async (options: ServerOptions) => {
      const { data } = await administer(terminal, options, ({ keyrack }) => keyrack.downloads.list());
      printRows(terminal, data, COLUMNS, options);
    });
  atServer(group.command('fetch'))
    .description('fetch one, and check it against its SHA-256')
    .argument('<package>', 'by its name, or its system for the newest, e.g. win-x64: see `keyrack downloads list`')
    .option('--out <folder>', 'put it there; the current folder unless given', '.')
    .action(async (said: string, options: ServerOptions & { readonly out: string }) => {
      const told = await administer(terminal, options, (connection) =>
        fetchOne(connection, said, options.out, terminal),
      );
      printOne(terminal, told, options);
    });
  return group;
}

async function fetchOne({ keyrack, server }: Connection, said: string, folder: string, terminal: Terminal) {
  const { data } = await keyrack.downloads.list();
  const found = data.find(({ name, system }) => said === name || said === system);
  if (found === undefined)
    throw usageError(
      data.length === 0
        ? 'This server offers no packages. Name their folder in its setting KEYRACK_DOWNLOADS.'
        : `The server offers no ${said}. It offers ${data.map(({ name }) => name).join(', ')}.`,
    );
  const { name, version, system, sha256, path } = found;
  const file = join(folder, name);
  if (existsSync(file)) throw usageError(`${file} is there already. Remove it, or name another folder with --out.`);
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.key}` } });
  if (!answer.ok || answer.body === null) throw new CommandFailure((await answer.text()).trim());
  const part = `${file}.part`;
  const hash = createHash('sha256');
  try {
    mkdirSync(folder, { recursive: true });
    await pipeline(Readable.fromWeb(answer.body), through(hash, found, terminal), createWriteStream(part));
    if (hash.digest('hex') !== sha256)
      throw new CommandFailure(`${name} didn't arrive as the server has it. Fetch it again.`);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    const { code = '' } = error as NodeJS.ErrnoException;
    if (error instanceof TypeError || code.startsWith('UND_'))
      throw new CommandFailure('The server broke off before all of it was there. Fetch it again.');
    throw code.startsWith('E') ? withPath(error, part) : error;
  } finally {
    terminal.progress?.('');
  }
  return { file, version, system, sha256 };
}

/** Hashes what passes, and tells how far it is. */
function through(hash: Hash, { bytes }: Download, { progress }: Terminal): Transform {
  let done = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      done += chunk.length;
      progress?.(`${Math.floor((done / bytes) * 100)} %`);
      next(null, chunk);
    },
  });
}
