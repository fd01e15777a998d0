import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import type { Command } from 'commander';
import { administer } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { withPath } from '../read-text.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumber } from './options.ts';
import { atScope, chooseScope, type ScopeOptions } from './scope.ts';

interface ExportOptions extends ScopeOptions {
  readonly out?: string;
  readonly after?: number;
}

/** Records between two words about how far it is. */
const TELL_EVERY = 500;

/** `keyrack audit export`: a log as lines of JSON, for whoever keeps or checks it elsewhere. */
export function addExport(group: Command, terminal: Terminal): void {
  atScope(group.command('export'))
    .description('print the audit log, a line of JSON for each record, the oldest first')
    .option('--out <file>', 'write it there; the file must not be there yet. To standard output unless given')
    .option(
      '--after <number>',
      'only records behind this one, e.g. the last of an earlier export; all unless given',
      wholeNumber(0, 999_999_999),
    )
    .action((options: ExportOptions) => exportLog(terminal, options));
}

async function exportLog(terminal: Terminal, options: ExportOptions): Promise<void> {
  const { out: file, after } = options;
  if (file !== undefined && existsSync(file))
    throw usageError(`${file} is there already; name another file, so that no export is lost.`);
  const { records, last } = await administer(terminal, options, async (connection) => {
    const property = await chooseScope(connection, terminal, options);
    const wanted = { ...(property !== null && { property: property.id }), ...(after !== undefined && { after }) };
    const sink = file === undefined ? printed(terminal) : await partOf(file);
    let records = 0;
    let last = after ?? 0;
    try {
      for await (const { number, line } of connection.keyrack.exportAudit(wanted)) {
        await sink.write(line);
        records += 1;
        last = number;
        if (records % TELL_EVERY === 0) terminal.progress?.(`${records} records`);
      }
      await sink.done();
    } catch (error) {
      await sink.undo();
      throw error;
    } finally {
      terminal.progress?.('');
    }
    return { records, last };
  });
  if (file !== undefined) terminal.out(JSON.stringify({ file, records, last }, null, 2));
}

interface Sink {
  write(line: string): Promise<void>;
  done(): Promise<void>;
  undo(): Promise<void>;
}

function printed({ out, written }: Terminal): Sink {
  return {
    async write(line) {
      out(line);
      await written?.();
    },
    async done() {},
    async undo() {},
  };
}

/** What is whole alone gets the file's name. */
async function partOf(file: string): Promise<Sink> {
  const part = `${file}.part`;
  const stream = createWriteStream(part, { mode: 0o600 });
  let failed: unknown = null;
  stream.on('error', (error) => {
    failed = withPath(error, part);
  });
  const check = () => {
    if (failed !== null) throw failed;
  };
  return {
    async write(line) {
      check();
      if (!stream.write(`${line}\n`)) await once(stream, 'drain').catch(() => {});
      check();
    },
    async done() {
      stream.end();
      await once(stream, 'close').catch(() => {});
      check();
      if (existsSync(file)) throw new CommandFailure(`${file} is there by now; the export is in ${part}.`);
      renameSync(part, file);
    },
    async undo() {
      stream.destroy();
      if (failed === null) rmSync(part, { force: true });
    },
  };
}
