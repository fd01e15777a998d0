import { describeDiskContract } from '@keyrack/agent/testing/disk-contract.ts';
import { describe, expect, it } from 'vitest';
import { createRandom } from './clockwork/random.ts';
import { type SimulatedFolder, simulatedFolder } from './world/simulated-disk.ts';

const AT_ONCE = (_work: unknown, done: () => void) => queueMicrotask(done);

// The real one fulfils the same contract: packages/agent/src/journal/folder-disk.test.ts.
describeDiskContract('simulated disk', async () => {
  const folder = simulatedFolder(createRandom(1, 'disk'));
  return { open: async () => folder.open(AT_ONCE) };
});

/** What no test can do to a real disk. */
describe('simulated disk: what a loss of power leaves', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text));
  const afterPowerLoss = async (
    seeds: number,
    use: (folder: SimulatedFolder) => Promise<void>,
  ): Promise<Set<string | null>> => {
    const found = new Set<string | null>();
    for (let seed = 0; seed < seeds; seed += 1) {
      const folder = simulatedFolder(createRandom(seed, 'disk'));
      await use(folder);
      folder.losePower();
      const read = await folder.open(AT_ONCE).read('a');
      found.add(read === null ? null : Buffer.from(read).toString());
    }
    return found;
  };

  it('keeps what was synced', async () => {
    const found = await afterPowerLoss(50, async (folder) => {
      const disk = folder.open(AT_ONCE);
      await disk.write('a', bytes('one'));
      await disk.syncFile('a');
      await disk.syncFolder();
      await disk.append('a', bytes('two'));
      await disk.syncFile('a');
    });
    expect([...found]).toEqual(['onetwo']);
  });

  it('may lose any part of what was appended and not synced', async () => {
    const found = await afterPowerLoss(300, async (folder) => {
      const disk = folder.open(AT_ONCE);
      await disk.write('a', bytes('one'));
      await disk.syncFile('a');
      await disk.syncFolder();
      await disk.append('a', bytes('two'));
    });
    expect([...found]).toEqual(expect.arrayContaining(['one', 'onet', 'onetw', 'onetwo']));
    expect([...found].some((text) => text?.includes('\0'))).toBe(true);
    expect([...found].every((text) => text?.startsWith('one'))).toBe(true);
  });

  it('may lose a file whose name was never synced', async () => {
    const found = await afterPowerLoss(50, async (folder) => {
      const disk = folder.open(AT_ONCE);
      await disk.write('a', bytes('one'));
      await disk.syncFile('a');
    });
    expect(found).toEqual(new Set([null, 'one']));
  });

  it('may lose what a lying disk called synced', async () => {
    const found = await afterPowerLoss(50, async (folder) => {
      const disk = folder.open(AT_ONCE);
      await disk.write('a', bytes('one'));
      await disk.syncFile('a');
      await disk.syncFolder();
      folder.lie(true);
      await disk.append('a', bytes('two'));
      await disk.syncFile('a');
      expect(folder.isSynced('a')).toBe(true);
      expect(folder.hasLied()).toBe(true);
    });
    expect(found.has('one')).toBe(true);
  });

  it('tells when something is not synced, and refuses what does not fit', async () => {
    const folder = simulatedFolder(createRandom(1, 'disk'));
    const disk = folder.open(AT_ONCE);
    await disk.write('a', bytes('one'));
    expect(folder.isSynced('a')).toBe(false);
    await disk.syncFile('a');
    expect(folder.isSynced('a')).toBe(true);
    folder.fill(true);
    await expect(disk.append('a', bytes('two'))).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(disk.write('b', bytes('two'))).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});
