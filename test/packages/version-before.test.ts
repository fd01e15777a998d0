import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT_PROTOCOL } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyrack } from '../world/keyrack.ts';
import { type House, openHouse } from './testing/house.ts';
import { unpacked } from './testing/packages.ts';
import {
  buildVersionBefore,
  describeWithVersionBefore,
  type Program,
  VERSION_BEFORE,
} from './testing/version-before.ts';

describeWithVersionBefore('with the version before', () => {
  const now = (): Program => [join(unpacked('server'), 'keyrack')];
  let before: Program;
  let remove = () => {};

  beforeAll(() => {
    const built = buildVersionBefore();
    before = built.program;
    remove = built.remove;
  });
  afterAll(() => remove());

  /** One of the two is of the version before. */
  async function workTogether(house: House, server: Program, agent: Program): Promise<void> {
    expect(await house.issue('04AABB010155A1')).toBe('succeeded');
    expect(await house.cancel('04AABB010155A1')).toBe('succeeded');

    await house.stopAgent();
    await house.startAgent(agent);
    expect(await house.issue('04AABB010155A2')).toBe('succeeded');

    const cut = await house.issueCutInTheMiddle('04AABB010155A3');
    await house.startServer(server);
    await house.startAgent(agent);
    expect(await house.settled(cut)).toBe('succeeded');
  }

  test('its agent works with this server, which tells that it is older; this agent goes on in its folder, and it in that', async () => {
    const house = await openHouse({ server: now(), agent: before });
    await workTogether(house, now(), before);
    const older = { connected: true, version: `keyrack-agent ${VERSION_BEFORE}`, versionState: 'update-available' };
    const { id, protocol } = await house.desk();
    expect(protocol).toBeLessThan(AGENT_PROTOCOL);
    expect(await house.desk()).toMatchObject(older);

    await house.stopAgent();
    await house.startAgent(now());
    const current = { id, protocol: AGENT_PROTOCOL, version: `keyrack-agent ${VERSION}`, versionState: 'current' };
    expect(await house.desk()).toMatchObject(current);
    expect(await house.issue('04AABB010155A4')).toBe('succeeded');

    await house.stopAgent();
    await house.startAgent(before);
    expect(await house.desk()).toMatchObject({ id, ...older, attention: null });
    expect(await house.cancel('04AABB010155A4')).toBe('succeeded');
  });

  test('its server works with this agent; this server goes on in its database, and it refuses that', async () => {
    const house = await openHouse({ server: before, agent: now() });
    await workTogether(house, before, now());

    await house.stopServer();
    await house.startServer(now());
    const operations = await house.v1().operations.list({ property: '1316879946' }).toArray();
    expect(operations.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'cancel succeeded',
      ...Array(3).fill('issue succeeded'),
    ]);
    expect(await house.issue('04AABB010155A4')).toBe('succeeded');
    expect(await house.desk()).toMatchObject({ connected: true, versionState: 'current' });

    await house.stopServer();
    const database = join(house.folders.server, 'keyrack.db');
    const left = sha256Of(database);
    const env = { KEYRACK_DATA: house.folders.server, PORT: '0' };
    const refused = await keyrack(['serve'], env, undefined, 'pipe', before).ended;
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('newer version');
    expect(sha256Of(database)).toBe(left);
    await house.startServer(now());
    expect(await house.cancel('04AABB010155A4')).toBe('succeeded');
  });
});

const sha256Of = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
