import { createKeyrack, etagOf, isProblem, KeyrackProblem, responseOf } from '@keyrack/sdk';
import { INN, restWorldForFile } from '@keyrack/server/testing/rest-world.ts';
import { expect, test } from 'vitest';

/** The SDK and a real server. */

const world = restWorldForFile();
const property = INN.number;
const owner = () => createKeyrack({ url: world().server.url, key: world().ownerKey });

test('what is created is listed page by page, got, changed and removed', async () => {
  const keyrack = owner();
  const building = await keyrack.buildings.create({ property, number: '1', name: 'House' });
  const floor = await keyrack.floors.create({ property, building: building.id, number: '1', name: 'Ground' });
  const imported = await keyrack.rooms.import({
    property,
    rooms: ['101', '102', '103'].map((number) => ({ building: '1', floor: '1', number, lockType: 'QRMLOCK' as const })),
  });
  expect(imported).toMatchObject({ added: 3 });
  const numbers: string[] = [];
  for await (const room of keyrack.rooms.list({ property, floor: floor.id, limit: 2 })) numbers.push(room.number);
  expect(numbers).toEqual(['101', '102', '103']);
  const [first] = (await keyrack.rooms.list({ property, limit: 1 })).data;
  const room = await keyrack.rooms.change({ property, room: first?.id as string, name: 'Sea view' });
  expect(await keyrack.rooms.get({ property, room: room.id })).toMatchObject({ name: 'Sea view' });
  expect(await keyrack.rooms.remove({ property, room: room.id })).toBeUndefined();
  expect(await keyrack.rooms.list({ property }).toArray()).toHaveLength(2);
});

/** A browser keeps cookies by itself; here `fetch` does. */
function keepingCookies(): typeof fetch {
  let cookie = '';
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(input, { ...init, headers });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response;
  };
}

test('a page signs in, works, follows, exports and signs out by its cookie', async () => {
  const password = 'correct horse';
  const ada = { name: 'Ada', email: 'page@example.com', password };
  await owner().members.create({ property, role: 'administrator', ...ada });
  const page = createKeyrack({ url: world().server.url, cookie: true, fetch: keepingCookies() });
  await expect(page.me.getMyself()).rejects.toSatisfy((error) => isProblem(error, 'unauthorized'));
  expect(await page.sessions.create({ property, email: ada.email, password })).toMatchObject({ token: null });
  expect((await page.me.getMyself()).memberships).toMatchObject([
    { name: 'Ada', property: { timeZone: INN.timeZone } },
  ]);
  await page.properties.change({ property, name: 'By page' });
  for await (const { event } of page.follow({ property })) {
    if (event.type === 'property.changed') break;
  }
  const records = await Array.fromAsync(page.exportAudit({ property }));
  expect(records.length).toBeGreaterThan(1);
  await page.sessions.revoke({ session: 'current' });
  await expect(page.me.getMyself()).rejects.toSatisfy((error) => isProblem(error, 'unauthorized'));
});

test('a change by what is known is refused once others changed it', async () => {
  const keyrack = owner();
  const known = await keyrack.properties.get({ property });
  expect(etagOf(known)).toMatch(/^"/);
  const changed = await keyrack.properties.change({ property, checkOutTime: '11:00' }, { ifMatch: known });
  expect(changed.checkOutTime).toBe('11:00');
  const late = keyrack.properties.change({ property, checkOutTime: '10:00' }, { ifMatch: known });
  await expect(late).rejects.toSatisfy((error) => isProblem(error, 'changed-meanwhile'));
});

test('a request that comes again with the key of the caller is done once', async () => {
  const keyrack = owner();
  const ask = () =>
    keyrack.members.create(
      { property, name: 'Ada', role: 'receptionist', email: 'ada@example.com' },
      { idempotencyKey: 'ada-1' },
    );
  const [one, other] = await Promise.all([ask(), ask()]);
  expect(other).toEqual(one);
  expect(responseOf(one)?.status).toBe(201);
});

test('a problem tells its name, what to do, and which request of the log it was', async () => {
  const error = await owner()
    .members.create({ property, name: '', role: 'auditor', email: 'x' })
    .then(
      () => null,
      (each: unknown) => each,
    );
  expect(error).toBeInstanceOf(KeyrackProblem);
  if (!isProblem(error, 'invalid-request')) throw error;
  expect(error.errors.map(({ path }) => path)).toEqual(['name', 'email']);
  expect(world().lines.some((line) => line.request === error.requestId)).toBe(true);
  const stranger = createKeyrack({ url: world().server.url, key: 'kr_00000000_no' });
  await expect(stranger.properties.list()).rejects.toSatisfy((each) => isProblem(each, 'unauthorized'));
});
