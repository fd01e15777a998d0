import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { examineDesk, journalFolder, readIdentity, systemClock, webSocketTransportBy } from '@keyrack/agent';
import { createTestAuthority } from '@keyrack/agent/testing/certificates.ts';
import { startConnectProxy } from '@keyrack/agent/testing/connect-proxy.ts';
import { pairFolder } from '@keyrack/cli/agent-pairing.ts';
import { AGENT_PROTOCOL, type AgentId } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newPairingCode } from '../world/owner.ts';
import { SUCCESS } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';

/** A desk in a hotel's own network: TLS by a private CA in front of the server, and a proxy on the way to it. */

let template: Template;
let property: TestProperty;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
beforeEach(async () => {
  property = await openProperty(template);
});
afterEach(async () => {
  await property.close();
  for (const end of ends.splice(0).reverse()) await end();
});

const HOST = 'keyrack.hotel.example';
const authority = createTestAuthority('Hotel CA');

/** TLS ends here, and what comes goes on to the server. `heard`: bytes that made it through. */
async function tlsFront(host = HOST) {
  const front = { port: 0, heard: 0 };
  const server = createServer(authority.certify(host), (socket) => {
    const beyond = connect(Number(new URL(property.url).port), '127.0.0.1');
    socket.on('data', (bytes) => {
      front.heard += bytes.length;
    });
    socket.pipe(beyond).pipe(socket);
    socket.on('error', () => beyond.destroy()).on('close', () => beyond.destroy());
    beyond.on('error', () => socket.destroy()).on('close', () => socket.destroy());
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  front.port = (server.address() as AddressInfo).port;
  ends.push(() => server.close());
  return front;
}

async function viaProxy(host?: string) {
  const front = await tlsFront(host);
  const proxy = await startConnectProxy({ type: 'lets-through' }, front);
  ends.push(proxy.close);
  const address = `wss://${HOST}:${front.port}/agent`;
  const route = { ca: authority.certificate, proxy: new URL(proxy.url) };
  return { front, proxy, address, route, folder: join(property.folders.server, '..', 'desk') };
}

const newCode = (replaces: AgentId | null = null) => newPairingCode(property, replaces);

async function identityOf(folder: string) {
  const stored = await readIdentity(folder);
  if (stored === null) throw new Error('nothing was paired');
  return stored;
}

test('a desk behind a proxy pairs with a server of a private CA, and cancels a card', async () => {
  const { address, route, folder, proxy } = await viaProxy();
  // The desk's encoders are those of the agent that was there before.
  const code = (await newCode(property.hotel.desk.agent)).toLowerCase().replace(/^(....)/, '$1-');
  await pairFolder({ folder, server: address, code, known: null }, webSocketTransportBy(route));
  const { identity, server } = await identityOf(folder);
  await property.openDesk({
    identity: { identity },
    address: server,
    parts: { transport: webSocketTransportBy(route) },
  });
  expect((await property.cancel()).body).toBe(SUCCESS);
  expect(new Set(proxy.asked)).toEqual(new Set([new URL(address).host]));
});

describe('a server with the wrong certificate', () => {
  test.each([
    ['of another CA', HOST, createTestAuthority('Hotel CA').certificate, /signature|certificate/],
    ['for another name', 'elsewhere.example', authority.certificate, /altnames|Hostname/],
    ['of a CA that nobody vouches for', HOST, undefined, /certificate/],
  ])('%s is told nothing', async (_what, host, ca, why) => {
    const { front, address, route, folder } = await viaProxy(host);
    const code = await newCode();
    const pairing = pairFolder({ folder, server: address, code, known: null }, webSocketTransportBy({ ...route, ca }));
    await expect(pairing).rejects.toThrow(why);
    await expect(identityOf(folder)).rejects.toThrow('nothing was paired');
    expect(front.heard).toBe(0);

    // The code wasn't spent on it.
    const right = await viaProxy();
    await pairFolder({ folder, server: right.address, code, known: null }, webSocketTransportBy(right.route));
  });
});

describe('the doctor', () => {
  async function pairedDesk() {
    const way = await viaProxy();
    await pairFolder(
      { folder: way.folder, server: way.address, code: await newCode(), known: null },
      webSocketTransportBy(way.route),
    );
    const desk = { ...way, journal: journalFolder(way.folder), enrolled: false, readers: null, clock: systemClock };
    const wrongs = async (changes = {}) => {
      const findings = await examineDesk({ ...desk, server: way.address, ...changes });
      return findings
        .filter(({ todo }) => todo !== null)
        .map(({ check, found, todo }) => `${check}: ${found}. ${todo}`);
    };
    return { ...way, wrongs };
  }

  test('finds nothing wrong with a desk at work, by proxy and private CA, and says so to people and scripts', async () => {
    const { folder, address, route, proxy } = await pairedDesk();
    const { identity } = await identityOf(folder);
    await property.openDesk({
      identity: { identity },
      address,
      folder,
      encoders: [],
      parts: { transport: webSocketTransportBy(route) },
    });
    const caFile = join(folder, '..', 'ca.pem');
    await writeFile(caFile, authority.certificate);
    const args = ['agent', 'doctor', '--data', folder, '--ca-file', caFile];
    const forPeople = await keyrack(args, { HTTPS_PROXY: proxy.url });
    expect(forPeople.code, forPeople.out).toBe(0);
    expect(forPeople.out).toContain(`✓ identity: paired as agent ${identity.agent}`);
    expect(forPeople.out).toContain(`✓ server: ${address} answers through ${proxy.url}`);
    expect(forPeople.out).toContain(
      `; it is of version ${VERSION}, this agent ${VERSION}, and both speak protocol ${AGENT_PROTOCOL}\n`,
    );
    expect(forPeople.out).toContain("✓ clock: agrees with the server's");
    expect(forPeople.out).toContain('✓ instance: an agent is running in this folder');
    const forScripts = await keyrack([...args, '--json'], { HTTPS_PROXY: proxy.url });
    expect(JSON.parse(forScripts.out)).toMatchObject({ ok: true, findings: expect.any(Array) });

    const blocked = await keyrack(args, { HTTPS_PROXY: 'http://127.0.0.1:1' });
    expect(blocked.code).toBe(1);
    expect(blocked.out).toMatch(
      /✗ server: no connection to wss:\/\/.*: the proxy http:\/\/127.0.0.1:1 isn't reached .*ECONNREFUSED.* Check the address of the proxy/,
    );
  });

  test('finds what others can get at, and a journal that is damaged', async () => {
    const { folder, wrongs } = await pairedDesk();
    expect(await wrongs()).toEqual([]);
    await chmod(folder, 0o755);
    expect(await wrongs()).toEqual([`folder: ${folder} is open to others than its user. Run \`chmod 700 ${folder}\`.`]);
    await chmod(folder, 0o700);
    await chmod(join(folder, 'agent-identity.json'), 0o644);
    expect(await wrongs()).toEqual([expect.stringMatching(/^identity: .*chmod 600/)]);
    await chmod(join(folder, 'agent-identity.json'), 0o600);

    const desk = await property.openDesk({ identity: await identityOf(folder), folder, encoders: [] });
    await desk.stop();
    expect(await wrongs()).toEqual([]);
    await writeFile(join(folder, 'journal', 'standing.json'), 'x');
    expect(await wrongs()).toEqual([expect.stringMatching(/^journal: .*damaged.* Move the journal folder away/)]);
  });

  test('finds a clock that is wrong, and PC/SC that does not run', async () => {
    const { wrongs } = await pairedDesk();
    const fast = { ...systemClock, now: () => Date.now() + 90_000 };
    expect(await wrongs({ clock: fast })).toEqual([
      expect.stringMatching(/^clock: (89|90|91) s ahead of the server's/),
    ]);
    const readers = { service: 'not-running', message: 'Start pcscd.' };
    expect(await wrongs({ readers })).toEqual(['pcsc: the PC/SC service is not running. Start pcscd.']);
  });

  test('says what a computer lacks that was never paired', async () => {
    const { code, out } = await keyrack(['agent', 'doctor', '--data', join(property.folders.server, '..', 'none')], {});
    expect(code).toBe(1);
    expect(out).toContain('✗ identity: never paired. Run `keyrack agent --server URL --pair CODE`');
    expect(out).toContain('✗ server: none is named');
  });
});

function keyrack(args: readonly string[], env: Record<string, string>): Promise<{ code: number; out: string }> {
  const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env: { PATH: process.env.PATH, ...env } }, (error, out) => {
      resolve({ code: error === null ? 0 : Number(error.code), out });
    });
  });
}
