import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentId } from '@keyrack/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newAgentKey } from './agent-key.ts';
import { IDENTITY_FILE, keepIdentity, prepareIdentityFolder, readIdentity } from './identity-file.ts';

const AGENT = '01900000-0000-7000-8000-00000000000a' as AgentId;
const SERVER = 'wss://keyrack.example/agent';

let scratch: string;
let folder: string;
let file: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'keyrack-identity-'));
  folder = join(scratch, 'agent');
  file = join(folder, IDENTITY_FILE);
});
afterEach(() => rm(scratch, { recursive: true }));

async function paired(): Promise<void> {
  await prepareIdentityFolder(folder);
  await keepIdentity(folder, SERVER, AGENT, newAgentKey());
}

test('an identity is kept, and read again as the same one', async () => {
  const key = newAgentKey();
  await prepareIdentityFolder(folder);
  await keepIdentity(folder, 'wss://before.example/agent', AGENT, newAgentKey());
  await keepIdentity(folder, SERVER, AGENT, key);
  const stored = await readIdentity(folder);
  expect(stored?.server).toBe(SERVER);
  expect(stored?.identity.agent).toBe(AGENT);
  const again = await readIdentity(folder);
  expect(stored?.identity.prove('c')).toEqual(again?.identity.prove('c'));
  expect(stored?.identity.prove('c')).not.toEqual(stored?.identity.prove('d'));
});

test('a folder that was never paired has none', async () => {
  expect(await readIdentity(folder)).toBeNull();
});

describe.skipIf(process.platform === 'win32')('its user alone', () => {
  test('can read it', async () => {
    await paired();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test.each([0o640, 0o604, 0o620])('could: with mode %o it is refused, with what to do', async (mode) => {
    await paired();
    await chmod(file, mode);
    await expect(readIdentity(folder)).rejects.toThrow(`chmod 600 ${file}`);
    await chmod(file, 0o600);
    expect(await readIdentity(folder)).not.toBeNull();
  });

  test('can replace it', async () => {
    await paired();
    await chmod(folder, 0o770);
    await expect(readIdentity(folder)).rejects.toThrow(`chmod 700 ${folder}`);
  });

  test('can look into its folder, or no code is spent', async () => {
    await prepareIdentityFolder(folder);
    await chmod(folder, 0o755);
    await expect(prepareIdentityFolder(folder)).rejects.toThrow(`chmod 700 ${folder}`);
  });
});

describe('an identity that can’t be used', () => {
  test('since it is damaged, is paired anew', async () => {
    await paired();
    const text = await readFile(file, 'utf8');
    for (const damaged of ['', '{}', text.slice(0, -20), text.replace('BEGIN', 'BEGAN'), text.replace(AGENT, 'x')]) {
      await writeFile(file, damaged);
      await expect(readIdentity(folder)).rejects.toThrow('is damaged; pair the agent anew');
    }
  });

  test('since a newer version wrote it, is left as it is', async () => {
    await paired();
    await writeFile(file, '{"version":2,"key":"in another way"}');
    await expect(readIdentity(folder)).rejects.toThrow('newer version of the agent; update this one');
  });
});
