import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSignature, newFileHash, readPublicKey } from '@keyrack/protocol/minisign.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPairingCode, ownerOf } from '../world/owner.ts';
import { scratchFolder } from '../world/scratch.ts';
import { LOBBY_ENCODER, makeTemplate, type Template } from '../world/template.ts';
import { openProperty } from '../world/test-property.ts';
import { issueAtLobby, lobbyEncoder } from './testing/issue-at-lobby.ts';
import { NEXT_VERSION } from './testing/next-version.ts';
import { agentArchive, BARE, builtFolder, describePackages } from './testing/packages.ts';
import { TEST_KEY } from './testing/test-key.ts';

describePackages('the agent, as somebody unpacks it who has neither Node nor the sources', () => {
  const scratch = scratchFolder();
  const SBOM = `${agentArchive()}.cdx.json`;
  const versions = join(scratch.path, 'keyrack-agent/versions');
  const keyrack = join(scratch.path, 'keyrack-agent/keyrack');
  const SERIAL = '04AABB010155AA';
  let template: Template;

  beforeAll(async () => {
    unpack(VERSION);
    template = await makeTemplate();
  });
  afterAll(async () => {
    await template?.remove();
    scratch.remove();
  });

  const unpack = (version: typeof VERSION | typeof NEXT_VERSION) =>
    execFileSync('tar', ['--extract', '--file', join(builtFolder(version), agentArchive(version))], {
      cwd: scratch.path,
    });

  test('has checksums, which are signed by the key that updates must be signed by', () => {
    const sums = readFileSync(join(builtFolder(), 'SHA256SUMS'));
    const line = (file: string) => `${sha256(readFileSync(join(builtFolder(), file)))}  ${file}\n`;
    for (const file of [agentArchive(), SBOM]) expect(sums.toString()).toContain(line(file));
    const signature = readFileSync(join(builtFolder(), 'SHA256SUMS.minisig'), 'utf8');
    const hash = newFileHash().update(sums).digest();
    const key = readFileSync(join(versions, VERSION, 'release-key.pub'), 'utf8');
    expect(key).toBe(TEST_KEY.public);
    expect(checkSignature(readPublicKey(key), hash, signature)).toBe(`SHA256SUMS of Keyrack ${VERSION}`);
  });

  test('runs without Node and sources, pairs, and issues and cancels a card', async () => {
    const run = (...args: string[]) => execFileSync(keyrack, args, { env: BARE, encoding: 'utf8' }).trim();
    expect(run('--version')).toBe(VERSION);
    const property = await openProperty(template);
    const data = join(scratch.path, 'data');
    const server = `${property.url.replace('http', 'ws')}/agent`;
    const code = await newPairingCode(property);
    const sim = ['--sim-encoder', LOBBY_ENCODER, '--page-port', 'off'];
    const args = ['agent', '--data', data, '--server', server, '--pair', code, ...sim];
    const agent = spawn(keyrack, args, { env: BARE, stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(agent, 'exit');
    try {
      for await (const text of agent.stdout.setEncoding('utf8')) if (text.includes('ready')) break;
      const v1 = ownerOf(property.folders.server);
      const where = { property: property.hotel.property.number };
      expect(run('sim', '--data', data, 'place', SERIAL, '--chip', 'ntag-215')).toContain(SERIAL);
      const issue = await issueAtLobby(v1, where.property);
      expect(await v1.waitForOperation({ ...where, operation: issue.id })).toMatchObject({ state: 'succeeded' });
      const encoder = await lobbyEncoder(v1, where.property);
      const cancel = await v1.operations.create({ ...where, kind: 'cancel', encoder, serial: SERIAL });
      expect(await v1.waitForOperation({ ...where, operation: cancel.id })).toMatchObject({ state: 'succeeded' });
    } finally {
      agent.kill('SIGTERM');
      await ended;
      await property.close();
    }
  });

  test('a build of another version is that version, in its name, folder and program', () => {
    unpack(NEXT_VERSION);
    expect(execFileSync(keyrack, ['--version'], { env: BARE, encoding: 'utf8' }).trim()).toBe(NEXT_VERSION);
    expect(existsSync(join(versions, NEXT_VERSION, 'bin/node'))).toBe(true);
  });
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
