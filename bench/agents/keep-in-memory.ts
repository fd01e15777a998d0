import type { Disk } from '@keyrack/agent';

/** A journal's disk that forgets with its process and takes no time: what is measured is the server, not this disk. */
export function keepInMemory(): Disk {
  const files = new Map<string, Uint8Array[]>();
  const chunksOf = (name: string) => {
    const chunks = files.get(name);
    if (chunks === undefined) throw Object.assign(new Error(`ENOENT: no file ${name}`), { code: 'ENOENT' });
    return chunks;
  };
  return {
    list: async () => [...files.keys()],
    read: async (name) => (files.has(name) ? new Uint8Array(Buffer.concat(chunksOf(name))) : null),
    write: async (name, bytes) => void files.set(name, [bytes.slice()]),
    append: async (name, bytes) => void chunksOf(name).push(bytes.slice()),
    syncFile: async () => {},
    rename: async (from, to) => {
      files.set(to, chunksOf(from));
      files.delete(from);
    },
    remove: async (name) => void files.delete(name),
    syncFolder: async () => {},
    close: async () => {},
  };
}
