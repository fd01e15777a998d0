import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { newMember } from '../../domain/people.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { putAuditLog } from '../../testing/audit-log.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import { apiKeyRow, INN, OTHER, restWorld, restWorldForFile, sessionRow } from '../../testing/rest-world.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';

/** Streams of events that go on for long: in silence, to who reads slowly, and to who may see less by then. */

/** Whose log is long. */
const LONG = { ...INN, id: '019ac000-0000-7000-8000-000000000003', number: '1003' };
let pages = 0;
const world = restWorldForFile(
  {
    wrapStore: (store) => ({
      ...store,
      read: (name, input) => {
        if (name === 'eventsPage') pages += 1;
        return store.read(name, input);
      },
    }),
  },
  { properties: [INN, OTHER, LONG] },
);
let names = 0;
const rename = (number: string, { send } = world()) =>
  send(`/v1/properties/${number}`, { method: 'PATCH', json: { name: `Name ${++names}` } });

it('says that it is there where nothing happens, how far it is, and ends with its credential', async () => {
  const clock = createVirtualClock(Date.now());
  const inTime = await restWorld({ clock });
  const key = drawToken();
  await inTime.put(apiKeyRow(key, { properties: null, expiresAt: clock.now() + 3_600_000 }));
  const path = '/v1/properties/1001/events?cursor=latest&types=card.begun';
  const stream = await openEventStream(inTime, path, { key });
  await expect.poll(stream.text).toBe('retry: 3000\nid: 0\n\n');
  const later = async (ms: number) => {
    await clock.advance(ms);
    return stream.text();
  };
  await expect.poll(() => later(5_000)).toMatch(/\n\n: still here\n\n$/);
  // What it isn't asked for counts as read.
  await rename('1001', inTime);
  await expect.poll(() => later(5_000)).toMatch(/\n\nid: 1\n\n$/);
  expect([stream.events, stream.lastId()]).toEqual([[], '1']);
  await clock.advance(3_600_000);
  expect(await stream.ended).toBe('end');
});

/** Somebody who administers both properties, and owns the installation or doesn't. */
async function signIn(owner: boolean) {
  const id = owner ? 'owner' : 'guest';
  const email = `${id}@example.com`;
  const { put } = world();
  const token = drawToken('session');
  const propertyAt = (at: number) => (at === 0 ? INN : OTHER).id;
  const memberOf = (at: number) => `${id} ${at}`;
  const member = (at: number, facts: object = {}) =>
    put({
      table: 'members',
      row: newMember({
        ...{ propertyId: propertyAt(at), id: memberOf(at), passwordHash: '' },
        ...{ name: 'Ada', email, role: 'administrator', issuingPermission: true, ...facts },
      }),
    });
  const person = (owns: boolean) =>
    put({
      table: 'persons',
      row: {
        ...{ id, name: 'Ada', areaCode: null, mobile: null, email, passwordHash: '' },
        ...{ owner: owns, version: 1, createdAt: 1 },
      },
    });
  for (const at of owner ? [0] : [0, 1]) {
    await member(at);
    const place = { propertyId: propertyAt(at), memberId: memberOf(at) };
    await put({ table: 'joinedMembers', row: { ...place, personId: id, at: 1 } });
  }
  await person(owner);
  await put(sessionRow(token, { kind: 'person', personId: id }));
  return { token, member, person };
}
const propertiesOf = (stream: Awaited<ReturnType<typeof openEventStream>>) =>
  stream.events.map(({ data }) => data.property);

it('of several properties tells nothing more of one that the person sees no longer, and goes on with the others', async () => {
  const { token: key, member } = await signIn(false);
  const stream = await openEventStream(world(), '/v1/events?cursor=latest', { key });
  const named = await openEventStream(world(), '/v1/events?cursor=latest&properties=1001,1002', { key });
  const told: string[] = [];
  const tells = async (...properties: string[]) => {
    told.push(...properties);
    await expect.poll(() => propertiesOf(stream)).toEqual(told);
  };
  await rename('1002');
  await tells(OTHER.id);
  await expect.poll(() => propertiesOf(named)).toEqual([OTHER.id]);
  for (const less of [{ active: false }, { role: 'receptionist' }]) {
    await member(1, less);
    await rename('1002');
    await rename('1001');
    await tells(INN.id);
    // Seen again, it goes on where it was.
    await member(1);
    await rename('1001');
    await tells(INN.id, OTHER.id);
  }
  const numbers = stream.events.filter(({ data }) => data.property === OTHER.id).map(({ data }) => data.number);
  expect(numbers).toEqual([1, 2, 3]);
  // What was asked for by name wasn't there any more.
  expect(await named.ended).toBe('end');
  expect(propertiesOf(named)).toEqual([OTHER.id]);
});

it('of an owner tells nothing more of the installation once they own it no longer', async () => {
  const { token: key, person } = await signIn(true);
  const stream = await openEventStream(world(), '/v1/events?cursor=latest', { key });
  const addKey = () =>
    world().send('/v1/api-keys', { method: 'POST', json: { name: 'PMS', scopes: ['cards'], properties: 'all' } });
  await addKey();
  await rename('1002');
  await expect.poll(() => propertiesOf(stream).toSorted()).toEqual([OTHER.id, null].toSorted());
  await person(false);
  await addKey();
  await rename('1002');
  await rename('1001');
  await expect.poll(() => propertiesOf(stream).slice(2)).toEqual([INN.id]);
});

const MANY = 10_000;

it('is read from the log no faster than its client takes it, and a slow client gets each event once', async () => {
  const details = JSON.stringify({ name: 'x'.repeat(2_000) });
  await putAuditLog(
    world(),
    LONG.id,
    Array.from({ length: MANY }, () => ({ details })),
  );
  pages = 0;
  const { hostname, port } = new URL(world().server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write(
    `GET /v1/properties/1003/events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${world().ownerKey}\r\n\r\n`,
  );
  // It has come to a halt: other requests are answered, and no page is read between them.
  await expect
    .poll(async () => {
      const before = pages;
      for (let i = 0; i < 20; i += 1) await world().send('/v1/properties/1001');
      return before > 0 && pages === before;
    })
    .toBe(true);
  expect(pages).toBeLessThan(MANY / 100 / 2);

  let text = '';
  const numbers: number[] = [];
  for await (const chunk of socket) {
    text += chunk;
    const whole = text.lastIndexOf('\n\n');
    for (const [, number] of text.slice(0, whole + 1).matchAll(/^id: (\d+)\nevent/gm)) numbers.push(Number(number));
    text = text.slice(whole + 1);
    if (numbers.at(-1) === MANY) break;
  }
  expect(numbers).toEqual(Array.from({ length: MANY }, (_, i) => i + 1));
});
