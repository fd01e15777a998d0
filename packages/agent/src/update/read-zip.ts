import { createReadStream } from 'node:fs';
import { Unzip, UnzipInflate } from 'fflate';
import type { TakeFile } from './place-entry.ts';

/** A file's bytes that were unpacked and not taken yet. */
interface Waiting {
  readonly path: string;
  readonly chunks: Uint8Array[];
  begun: boolean;
  whole: boolean;
}

/** Reads a .zip from its beginning to its end. It holds a few megabytes at a time, however much it unpacks to. */
export async function readZip(file: string, take: TakeFile): Promise<void> {
  const files: Waiting[] = [];
  const unzip = new Unzip((entry) => {
    const waiting: Waiting = { path: entry.name, chunks: [], begun: false, whole: false };
    files.push(waiting);
    entry.ondata = (error, chunk, final) => {
      if (error !== null) throw error;
      waiting.chunks.push(chunk);
      waiting.whole ||= final;
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  const input = createReadStream(file, { highWaterMark: 16 * 1024 })[Symbol.asyncIterator]();
  let over = false;
  /** Reads on until there is something to take. */
  const more = async () => {
    const { value, done } = await input.next();
    over = done === true;
    unzip.push(over ? new Uint8Array() : (value as Uint8Array), over);
  };
  async function* bytesOf(waiting: Waiting): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (let chunk = waiting.chunks.shift(); chunk !== undefined; chunk = waiting.chunks.shift()) yield chunk;
      if (waiting.whole) return;
      if (over) throw new Error(`${waiting.path} is cut off`);
      await more();
    }
  }
  try {
    while (!over || files.length > 0) {
      const next = files.shift();
      if (next === undefined) await more();
      else {
        const kind = next.path.endsWith('/') ? 'folder' : 'file';
        const bytes = bytesOf(next);
        // Windows runs a file by its name.
        await take({ path: next.path, kind, isProgram: false }, bytes);
        for await (const _ of bytes);
      }
    }
  } finally {
    await input.return?.();
  }
}
