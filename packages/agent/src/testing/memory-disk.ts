import type { Clock } from '../clock.ts';
import { sleep } from '../clock.ts';
import type { Disk } from '../journal/index.ts';

/** A disk of memory, for tests: it knows what was synced, forgets the rest at a power cut, and fails when told. */
export interface MemoryDisk extends Disk {
  /** What every call does before anything else; it may throw, and nothing happened then. */
  before: (call: keyof Disk, file: string) => void;
  /** How long a `syncFile` takes, in milliseconds of the clock. */
  syncMs: number;
  /** Power cut: what wasn't synced is gone. The disk can be used again, by the next process. */
  cutPower(): void;
  /** Changes a file behind everybody's back. */
  tamper(file: string, change: (bytes: Uint8Array) => Uint8Array): void;
  files(): string[];
  bytes(file: string): Uint8Array;
}

interface Inode {
  bytes: Uint8Array;
  synced: Uint8Array;
}

export function createMemoryDisk(clock: Clock): MemoryDisk {
  let live = new Map<string, Inode>();
  let durable = new Map<string, Inode>();

  function inode(file: string): Inode {
    const found = live.get(file);
    if (found === undefined) throw Object.assign(new Error(`ENOENT: no file ${file}`), { code: 'ENOENT' });
    return found;
  }

  const disk: MemoryDisk = {
    before: () => {},
    syncMs: 0,
    list: async () => {
      disk.before('list', '');
      return [...live.keys()];
    },
    read: async (file) => {
      disk.before('read', file);
      return live.get(file)?.bytes.slice() ?? null;
    },
    write: async (file, bytes) => {
      disk.before('write', file);
      const known = live.get(file);
      if (known) known.bytes = bytes.slice();
      else live.set(file, { bytes: bytes.slice(), synced: new Uint8Array() });
    },
    append: async (file, bytes) => {
      disk.before('append', file);
      const found = inode(file);
      found.bytes = Buffer.concat([found.bytes, bytes]);
    },
    syncFile: async (file) => {
      disk.before('syncFile', file);
      await sleep(clock, disk.syncMs);
      const found = inode(file);
      found.synced = found.bytes;
    },
    rename: async (from, to) => {
      disk.before('rename', from);
      live.set(to, inode(from));
      live.delete(from);
    },
    remove: async (file) => {
      disk.before('remove', file);
      live.delete(file);
    },
    syncFolder: async () => {
      disk.before('syncFolder', '');
      durable = new Map(live);
    },
    close: async () => {},
    cutPower: () => {
      live = new Map(durable);
      for (const file of live.values()) file.bytes = file.synced;
    },
    tamper: (file, change) => {
      const found = inode(file);
      found.bytes = change(found.bytes.slice());
      found.synced = found.bytes;
    },
    files: () => [...live.keys()].sort(),
    bytes: (file) => inode(file).bytes,
  };
  return disk;
}
