import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Parser, type ReadEntry } from 'tar';
import * as xz from 'xz-decompress';
import type { TakeFile } from './place-entry.ts';

/** It is of the older kind of modules, whose names Node finds below `default` alone. A bundle has them beside it. */
const { XzReadableStream } = (xz as typeof xz & { readonly default?: typeof xz }).default ?? xz;

/**
 * Reads a .tar.xz from its beginning to its end. Node unpacks no xz, and a front desk may have no program for it: this one is in
 * WebAssembly, and so the same everywhere.
 */
export async function readTar(file: string, take: TakeFile): Promise<void> {
  const parser = new Parser({ strict: true });
  /** Entries are taken one after the other. */
  let last: Promise<void> = Promise.resolve();
  let failure: unknown = null;
  let current: ReadEntry | null = null;
  const failed = (error: unknown) => {
    failure ??= error;
  };
  parser.on('entry', (entry: ReadEntry) => {
    current = entry;
    const work = takeEntry(entry, take).catch((error: unknown) => {
      failed(error);
      // The parser goes on only once an entry was read.
      entry.resume();
    });
    last = last.then(() => work);
  });
  parser.on('ignoredEntry', (entry: ReadEntry) => {
    failed(new Error(`${entry.path} is an entry of no known kind`));
    entry.resume();
  });
  parser.on('error', failed);
  const ended = new Promise<void>((resolve) => parser.on('end', () => resolve()));
  const input = createReadStream(file);
  const packed = Readable.toWeb(input) as ConstructorParameters<typeof XzReadableStream>[0];
  try {
    for await (const chunk of new XzReadableStream(packed) as unknown as AsyncIterable<Uint8Array>) {
      // The bytes lie in the memory of WebAssembly, which the next chunk overwrites.
      const goOn = parser.write(Buffer.from(chunk));
      if (!goOn) await new Promise<void>((resolve) => parser.once('drain', () => resolve()));
      if (failure !== null) throw failure;
    }
    parser.end();
    await ended;
  } catch (error) {
    failed(error);
    // Whoever takes it would wait for the rest of it.
    (current as ReadEntry | null)?.destroy(error);
  } finally {
    input.destroy();
  }
  await last;
  if (failure !== null) throw failure;
}

async function takeEntry(entry: ReadEntry, take: TakeFile): Promise<void> {
  const { path, type, mode = 0 } = entry;
  const kind = type === 'File' || type === 'OldFile' ? 'file' : type === 'Directory' ? 'folder' : 'other';
  await take({ path, kind, isProgram: (mode & 0o100) !== 0 }, entry as unknown as AsyncIterable<Uint8Array>);
}
