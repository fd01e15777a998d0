import type { Disk } from '@keyrack/agent/journal/disk.ts';
import type { Random } from '../clockwork/random.ts';

/** Calls back when the disk has done something: at once in tests, after virtual time in the simulation. */
export type DiskTime = (work: 'write' | 'sync', done: () => void) => void;

/** What a folder held at one moment. */
export type FolderCopy = ReadonlyMap<string, Uint8Array>;

/**
 * A folder on a disk that keeps exactly what `Disk` promises and nothing more: what isn't synced is lost when the power
 * goes, in part and in any part. It can also do worse, where it is told to.
 */
export interface SimulatedFolder {
  /** The folder as a process sees it from now on. */
  open(time: DiskTime): Disk;
  /** The computer lost its power: of what wasn't synced, some is gone. No process may use the folder any more. */
  losePower(): void;
  /** Syncs claim to be done from now on, and aren't. */
  lie(lying: boolean): void;
  /** No byte more fits. */
  fill(full: boolean): void;
  copy(): FolderCopy;
  /** Replaces everything, as somebody does who copies a folder over it; durable at once. */
  replaceBy(copy: FolderCopy): void;
  /** Whether every byte of these files is durable, as far as the disk says. */
  isSynced(ending: string): boolean;
  /** Whether it ever lied, so that nothing may be built on it. */
  hasLied(): boolean;
}

interface File {
  bytes: Uint8Array;
  durable: Uint8Array;
  /** What was claimed to be durable; the same as `durable` on an honest disk. */
  claimed: Uint8Array;
}

/** A change of names that isn't durable. */
type NameChange = (names: Map<string, File>) => void;

const EMPTY = new Uint8Array();

export function simulatedFolder(random: Random): SimulatedFolder {
  let names = new Map<string, File>();
  let durableNames = new Map<string, File>();
  let nameChanges: NameChange[] = [];
  let lying = false;
  let lied = false;
  let full = false;

  function rename(change: NameChange): void {
    change(names);
    nameChanges.push(change);
  }

  function existing(name: string): File {
    const file = names.get(name);
    if (file === undefined) throw systemError('ENOENT', name);
    return file;
  }

  function append(name: string, bytes: Uint8Array): void {
    const file = existing(name);
    if (full) {
      file.bytes = joined(file.bytes, bytes.subarray(0, random.between(0, bytes.length - 1)));
      throw systemError('ENOSPC', name);
    }
    file.bytes = joined(file.bytes, bytes);
  }

  function write(name: string, bytes: Uint8Array): void {
    // As a file system does it: the file is made or emptied first, and then there is room for some of it.
    const written = full ? bytes.slice(0, random.between(0, Math.max(0, bytes.length - 1))) : bytes.slice();
    const file = names.get(name);
    if (file !== undefined) {
      file.bytes = written;
    } else {
      const made: File = { bytes: written, durable: EMPTY, claimed: EMPTY };
      rename((all) => all.set(name, made));
    }
    if (full) throw systemError('ENOSPC', name);
  }

  function syncFile(name: string): void {
    const file = existing(name);
    file.claimed = file.bytes;
    if (lying) lied = true;
    else file.durable = file.bytes;
  }

  function syncFolder(): void {
    if (lying) {
      lied = true;
      return;
    }
    durableNames = new Map(names);
    nameChanges = [];
  }

  /** What the power leaves of a file: what was durable, and any part of what was written since. */
  function remains({ bytes, durable }: File): Uint8Array {
    if (bytes === durable || random.chance(0.3)) return durable;
    const grown = bytes.length >= durable.length && Buffer.compare(bytes.subarray(0, durable.length), durable) === 0;
    if (!grown) return random.chance(0.5) ? bytes.slice(0, random.between(0, bytes.length)) : durable;
    const kept = bytes.slice(0, random.between(durable.length, bytes.length));
    // Blocks reach the disk in any order: the end may be there and the middle not.
    if (kept.length > durable.length && random.chance(0.2)) {
      kept.fill(0, durable.length, random.between(durable.length, kept.length));
    }
    return kept;
  }

  return {
    open(time) {
      /** Does the work at its beginning or at its end, so that a crash in between finds either. */
      const run = <T>(work: 'write' | 'sync', act: () => T): Promise<T> =>
        new Promise((resolve, reject) => {
          const finish = (outcome: () => T) => {
            try {
              resolve(outcome());
            } catch (error) {
              reject(error);
            }
          };
          if (work === 'write' && random.chance(0.5)) {
            let outcome: () => T;
            try {
              const value = act();
              outcome = () => value;
            } catch (error) {
              outcome = () => {
                throw error;
              };
            }
            time(work, () => finish(outcome));
          } else {
            time(work, () => finish(act));
          }
        });
      return {
        list: () => run('write', () => [...names.keys()]),
        read: (name) => run('write', () => names.get(name)?.bytes.slice() ?? null),
        write: (name, bytes) => run('write', () => write(name, bytes)),
        append: (name, bytes) => run('write', () => append(name, bytes)),
        syncFile: (name) => run('sync', () => syncFile(name)),
        rename: (from, to) =>
          run('write', () => {
            const file = existing(from);
            rename((all) => {
              if (all.get(from) === file) all.delete(from);
              all.set(to, file);
            });
          }),
        remove: (name) =>
          run('write', () => {
            if (names.has(name)) rename((all) => all.delete(name));
          }),
        syncFolder: () => run('sync', syncFolder),
        close: async () => {},
      };
    },
    losePower() {
      // Changes of names are kept in order by the file system's own journal: some first ones survive.
      const kept = random.between(0, nameChanges.length);
      for (const change of nameChanges.slice(0, kept)) change(durableNames);
      for (const file of new Set(durableNames.values())) {
        file.bytes = remains(file);
        file.durable = file.bytes;
        file.claimed = file.bytes;
      }
      names = new Map(durableNames);
      nameChanges = [];
    },
    lie(next) {
      lying = next;
    },
    fill(next) {
      full = next;
    },
    copy: () => new Map([...names].map(([name, { bytes }]) => [name, bytes])),
    replaceBy(copy) {
      names = new Map([...copy].map(([name, bytes]) => [name, { bytes, durable: bytes, claimed: bytes }]));
      durableNames = new Map(names);
      nameChanges = [];
    },
    isSynced(ending) {
      for (const [name, file] of names) if (name.endsWith(ending) && file.claimed !== file.bytes) return false;
      return true;
    },
    hasLied: () => lied,
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function systemError(code: 'ENOENT' | 'ENOSPC', name: string): Error {
  return Object.assign(new Error(`${code}: ${name}`), { code });
}
