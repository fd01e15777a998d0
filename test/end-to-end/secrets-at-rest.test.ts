import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { backupSqlite } from '@keyrack/server/store/index.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { newPairingCode } from '../world/owner.ts';
import { CANCEL, ISSUE } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';

/** What whoever gets hold of a backup or of a file finds, and who can get hold of it. */

let template: Template;
let property: TestProperty;
let code: string;
let backup: string;

beforeAll(async () => {
  template = await makeTemplate();
  property = await openProperty(template);
  const desk = await property.openDesk();
  await desk.signIn({
    areaCode: CANCEL.creatorAreaCode ?? '',
    mobile: PUBLISHED.mobile,
    email: '',
    passwordMd5: PUBLISHED.passwordMd5,
  });
  expect((await property.command('makeRoomCard', { ...ISSUE, owner: 'Ada Lovelace' })).body).toContain('"status":200');
  code = await newPairingCode(property);
  backup = join(property.folders.server, 'stolen.db');
  await backupSqlite(join(property.folders.server, 'keyrack.db'), backup);
});
afterAll(async () => {
  await property.close();
  template.remove();
});

test('a backup holds guests’ names, as the documents say, and no secret that opens anything', () => {
  const bytes = readFileSync(backup).toString('latin1').toLowerCase();
  const has = (text: string | Uint8Array) => {
    const hex = typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    return bytes.includes(hex.toLowerCase());
  };
  expect(has('Ada Lovelace'), 'the test looks at the right file').toBe(true);
  const key = property.hotel.keyOf(PUBLISHED.serial as never);
  const secrets: Record<string, string | Uint8Array> = {
    'the authToken of an account': PUBLISHED.authToken,
    'the password that clients send': PUBLISHED.passwordMd5,
    'the token of an agent': property.hotel.desk.token,
    'a pairing code': code,
    'the master key': Buffer.from(template.masterKey, 'base64'),
    'the master key in base64': template.masterKey,
    "a card's key": Buffer.from(key, 'hex'),
    "a card's key in hex": key,
  };
  for (const [what, secret] of Object.entries(secrets)) expect([what, has(secret)]).toEqual([what, false]);
});

test('what holds secrets or guests’ data can be read by its user alone', async () => {
  const data = keyrackFolder();
  const serve = keyrack(['serve'], { PORT: '0', KEYRACK_DATA: join(data, 'new'), KEYRACK_LOG_LEVEL: 'silent' });
  await serve.says('/set-up#');
  const folder = join(data, 'new');
  expect(statSync(folder).mode & 0o077, 'the data folder').toBe(0);
  const modes = Object.fromEntries(
    readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o077]),
  );
  expect(modes).toMatchObject({ 'master.key': 0, 'owner-key': 0, 'server.json': 0 });
  expect(statSync(backup).mode & 0o077, 'a backup').toBe(0);
  serve.child.kill('SIGTERM');
  await serve.ended;
});
