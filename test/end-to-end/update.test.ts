import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { agentId, BLANK, type CardKey, deriveCardKey, type Serial } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { INSTALLATION } from '@keyrack/server/domain/audit.ts';
import { verifyLogs } from '@keyrack/server/requests/testing/verify-logs.ts';
import { createSealer, PURPOSE } from '@keyrack/server/runtime/sealed-secret.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { expectAgreement } from '../world/agreement.ts';
import type { Template } from '../world/template.ts';
import { type FrontDesk, openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/**
 * Databases and agents' folders as earlier versions left them, killed in the middle of their work: they open, and what was
 * open goes on. Each was made by the version before that migration: a cancel and an issue (Ada) that succeeded, an issue that
 * tore (Grace), and then at once an issue (Cleo), a cancel of Ada's card and a read that waited for their cards at the left
 * encoder, and an issue (Dan) at the right one, in whose second block both died.
 */
const LEFT_BEHIND = ['before-0005', 'before-0009'] as const;
const ADAS = serialOf('8F42E9D3');
const TORN = serialOf('0418D59198CC87');

let property: TestProperty | undefined;
const closing: (() => void)[] = [];
afterEach(async () => {
  await property?.close();
  for (const close of closing.splice(0)) close();
});

/** Its folders, with the times of what was open as if it had been killed a moment ago. */
function leftBehind(name: (typeof LEFT_BEHIND)[number]): Template {
  const kept = fileURLToPath(new URL(`./${name}/`, import.meta.url));
  const { masterKey, agent, token, encoders } = JSON.parse(readFileSync(join(kept, 'desk.json'), 'utf8'));
  let keyOf: (serial: Serial) => CardKey = () => {
    throw new Error('nothing was copied yet');
  };
  return {
    masterKey,
    hotel: {
      desk: { agent: agentId.parse(agent), token, encoders },
      keyOf: (serial: Serial) => keyOf(serial),
    } as never,
    copyTo(folder) {
      const copy = { server: join(folder, 'server'), agent: join(folder, 'agent') };
      mkdirSync(copy.server, { recursive: true });
      cpSync(join(kept, 'agent'), copy.agent, { recursive: true });
      const db = new DatabaseSync(join(copy.server, 'keyrack.db'));
      db.exec(readFileSync(join(kept, 'database.sql'), 'utf8'));
      const { last } = db.prepare('SELECT max(caller_at) AS last FROM operations').get() as { last: number };
      const since = Date.now() - last;
      db.prepare('UPDATE operations SET accepted_at = accepted_at + ?, caller_at = caller_at + ?').run(since, since);
      db.prepare('UPDATE operations SET settled_at = settled_at + ?').run(since);
      // Long enough for a busy machine.
      db.prepare('UPDATE operations SET deadline = deadline + ?').run(since + 120_000);
      const property = db
        .prepare('SELECT card_keys AS keys FROM properties WHERE number = ?')
        .get(PUBLISHED.propertyNumber);
      const [{ sealed }] = JSON.parse(String(property?.keys));
      db.close();
      const sealer = createSealer([{ version: 1, key: new Uint8Array(Buffer.from(masterKey, 'base64')) }]);
      const propertyKey = sealer.open(sealed, PURPOSE.propertyCardKey);
      keyOf = (serial) => deriveCardKey(propertyKey, 1, serial);
      return copy;
    },
    remove() {},
  };
}

/** A way to the server on which agents speak the oldest version: it says nothing of the one that they ask for. */
async function wayOfTheOldest(server: string): Promise<string> {
  const { port } = new URL(server);
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const upstream = connect(Number(port), '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.once('data', (head) => {
      upstream.write(head.toString('latin1').replace(/\/agent\?protocol=\S+ /, '/agent '), 'latin1');
      client.pipe(upstream);
    });
    upstream.pipe(client);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  closing.push(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  return `ws://127.0.0.1:${(proxy.address() as AddressInfo).port}/agent`;
}

const left = (desk: FrontDesk, serial: Serial) => desk.cards.place(serial, { encoder: PUBLISHED.encoder });
const answerOf = ({ body }: { readonly body: string }) => JSON.parse(body);

describe.each(
  LEFT_BEHIND.flatMap((left) => [[left, 'of today', false] as const, [left, 'of the version before', true] as const]),
)('after an update of %s, with an agent that speaks the protocol %s,', (leftBy, _version, oldest) => {
  async function updated(): Promise<{ property: TestProperty; desk: FrontDesk }> {
    const opened = await openProperty(leftBehind(leftBy), { cardWaitSeconds: 4, answerWaitSeconds: 60 });
    property = opened;
    const desk = await opened.openDesk(oldest ? { address: await wayOfTheOldest(opened.url) } : {});
    return { property: opened, desk };
  }

  test('what was open goes on, each to its end', async () => {
    const { property, desk } = await updated();
    const of = (n: number) => property.rows('operations')[n];
    const ends = (n: number, state: string) => until(`operation ${n} is ${state}`, () => of(n)?.state === state);
    expect(property.rows('operations').map(({ kind }) => kind)).toEqual([
      'cancel',
      'issue',
      'issue',
      'issue',
      'cancel',
      'read',
      'issue',
    ]);
    // Its card lies there still, and is read.
    await ends(6, 'damaged');
    left(desk, TORN);
    await ends(2, 'damaged');
    await ends(3, 'succeeded');
    left(desk, ADAS);
    await ends(4, 'succeeded');
    await ends(5, 'succeeded');
    expect(of(5)).toMatchObject({ serial: ADAS, reading: BLANK });
    const {
      desk: { agent },
    } = property.hotel;
    await expectAgreement({
      rows: property.rows,
      agent,
      agentFolder: property.folders.agent,
      contentOf: desk.contentOf,
    });
    const logs = [...property.rows('properties').map(({ id }) => id), INSTALLATION];
    const verified = await verifyLogs(property.server.read, logs);
    expect(verified.map(({ brokenAt }) => brokenAt)).toEqual([null, null, null]);
    expect(verified.at(-1)?.records).toBeGreaterThan(0);
    // Whoever asked for them was cut off: the same request tells of the card that was made meanwhile.
    expect(answerOf(await property.command('makeRoomCard', { owner: 'Cleo' }))).toMatchObject({
      status: 200,
      data: { serialNum: TORN, repeated: '1' },
    });
    expect(answerOf(await property.cancel({ serialNum: ADAS }))).toEqual({ status: 200, info: 'success' });
  });

  test('the next guest’s card is made, and lifted or not as that agent can tell', async () => {
    const { property, desk } = await updated();
    desk.cards.remove(PUBLISHED.encoder);
    for (const n of [3, 4, 5]) await property.server.run('withdrawOperation', withdrawal(property, n));
    left(desk, ADAS);
    const first = answerOf(await property.command('makeRoomCard', { owner: 'Eve' }));
    expect(first).toMatchObject({ status: 200, data: { serialNum: ADAS } });
    const second = answerOf(await property.command('makeRoomCard', { owner: 'Finn' }));
    if (oldest) expect(second).toMatchObject({ status: 200, data: { serialNum: ADAS } });
    else expect(second).toMatchObject({ status: 6202, message: expect.stringContaining('take it away') });
  });
});

function withdrawal(property: TestProperty, n: number) {
  const operation = property.rows('operations')[n];
  if (operation === undefined) throw new Error(`there is no operation ${n}`);
  const { propertyId, id } = operation;
  return { propertyId, operation: id, cause: 'declined', actor: 'test', now: Date.now() } as const;
}
