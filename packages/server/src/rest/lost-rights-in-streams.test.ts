import { beforeAll, expect, it } from 'vitest';
import { type EventStream, openEventStream } from '../testing/event-stream.ts';
import { factorsAtV1 } from '../testing/factors-at-v1.ts';
import { OWN_PASSWORD } from '../testing/people-at-v1.ts';
import { INN, restWorldForFile } from '../testing/rest-world.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';

/** Streams whose reader loses what they rest on, in every way that there is: they tell nothing more, and end within seconds. */

const virtual = createVirtualClock(Date.now());
const clock = {
  ...virtual,
  laterBy: (ms: number) => virtual.jump(ms),
  laterBySteps: (steps: number) => virtual.jump(steps * 30_000),
};
const world = restWorldForFile({ clock, credentialClock: clock });
const people = factorsAtV1(world, clock);
const send = async (path: string, method: string, json?: object, key = world().ownerKey) => {
  const { status, body } = await world().send(path, { method, key, ...(json !== undefined && { json }) });
  expect(status, `${method} ${path}: ${JSON.stringify(body)}`).toBeLessThan(300);
  return body;
};

// The last one of a property stays.
beforeAll(() => people.newMember({ role: 'administrator' }));

const STREAMS = { live: '/v1/properties/1001/live', events: '/v1/properties/1001/events?cursor=latest' } as const;
/** Longer than a stream may go on, in virtual time: it asks every 5 seconds, and may be asking as the clock goes on. */
const MOST_MS = 10_000;
const STEP_MS = 100;
let names = 0;

interface Reader {
  readonly key: string;
  /** Takes it away. */
  readonly end: () => Promise<unknown>;
}
const asAdministrator = () => people.newPerson({ role: 'administrator' });
const asMember = async () => {
  const member = await people.newMember({ role: 'administrator' });
  return { member, key: (await people.asMember(member)).body.token as string };
};
const apiKey = (facts: object = {}) =>
  send('/v1/api-keys', 'POST', { name: 'Screen', scopes: ['cards', 'audit'], properties: [INN.id], ...facts });

const WAYS: Record<string, () => Promise<Reader>> = {
  'a member is deactivated': async () => {
    const { member, key } = await asMember();
    return { key, end: () => send(member.at, 'PATCH', { active: false }) };
  },
  'a person is deactivated where they are a member': async () => {
    const { member, key } = await asAdministrator();
    return { key, end: () => send(member.at, 'PATCH', { active: false }) };
  },
  'a person loses the property': async () => {
    const { member, key } = await asAdministrator();
    return { key, end: () => send(`${member.at}/person`, 'DELETE') };
  },
  'a member signs out': async () => {
    const { key } = await asMember();
    return { key, end: () => send('/v1/sessions/current', 'DELETE', undefined, key) };
  },
  'a person signs out': async () => {
    const { key } = await asAdministrator();
    return { key, end: () => send('/v1/sessions/current', 'DELETE', undefined, key) };
  },
  'a person ends the session elsewhere': async () => {
    const person = await asAdministrator();
    const key = (await people.asPerson(person)).body.token as string;
    const { id } = (await send('/v1/sessions', 'GET', undefined, key)).data.find(
      ({ current }: { current: boolean }) => current,
    );
    return { key, end: () => send(`/v1/sessions/${id}`, 'DELETE', undefined, person.key) };
  },
  "a member's password is set by an administrator": async () => {
    const { member, key } = await asMember();
    return { key, end: () => send(`${member.at}/password`, 'PUT', { password: 'battery staple' }) };
  },
  'a person changes their password': async () => {
    const { key } = await asAdministrator();
    const json = { currentPassword: OWN_PASSWORD, password: 'battery staple' };
    return { key, end: () => send('/v1/me/password', 'PUT', json, key) };
  },
  "an owner removes a person's second factors": async () => {
    const person = await asAdministrator();
    await people.addApp(person);
    return { key: person.key, end: () => send(`/v1/persons/${person.id}/factors`, 'DELETE') };
  },
  'a person adds a first second factor in another session': async () => {
    const person = await asAdministrator();
    const key = (await people.asPerson(person)).body.token as string;
    return { key, end: () => people.addApp(person) };
  },
  'an API key is revoked': async () => {
    const { id, token } = await apiKey();
    return { key: token, end: () => send(`/v1/api-keys/${id}`, 'DELETE') };
  },
  'an API key expires': async () => {
    const { token } = await apiKey({ expiresAt: new Date(clock.now() + 60_000).toISOString() });
    return { key: token, end: async () => virtual.jump(60_000) };
  },
};

const cases = Object.entries(WAYS).flatMap(([way, begin]) =>
  [true, false].map(
    (happens) => [way, happens ? 'and something happens' : 'and nothing happens', begin, happens] as const,
  ),
);

async function follow(key: string, paths: readonly string[]) {
  const streams = await Promise.all(paths.map((path) => openEventStream(world(), path, { key })));
  for (const stream of streams) await expect.poll(stream.text).toContain('retry: 3000');
  return streams;
}

/** Lets virtual time pass until the streams have ended. Returns how much. */
async function untilEnded(streams: readonly EventStream[]): Promise<number> {
  let ended: readonly string[] | null = null;
  void Promise.all(streams.map((stream) => stream.ended)).then((ends) => {
    ended = ends;
  });
  let passed = 0;
  const look = async () => {
    if (ended !== null) return ended;
    await virtual.advance(STEP_MS);
    passed += STEP_MS;
    return ended;
  };
  await expect.poll(look, { interval: 10 }).toEqual(streams.map(() => 'end'));
  return passed;
}

it.each(cases)('%s, %s', async (_way, _what, begin, happens) => {
  const { key, end } = await begin();
  const streams = await follow(key, Object.values(STREAMS));
  await end();
  const name = `Told to nobody ${++names}`;
  if (happens) await send('/v1/properties/1001', 'PATCH', { name });
  expect(await untilEnded(streams)).toBeLessThan(MOST_MS);
  for (const { events } of streams)
    expect(events.filter(({ event, data }) => [event, ...(data.types ?? [])].includes('property.changed'))).toEqual([]);
});

it('a role that may not read the log ends that stream, and leaves the rack that it may see', async () => {
  const { member, key } = await asMember();
  const [live, events] = (await follow(key, [STREAMS.live, STREAMS.events])) as [EventStream, EventStream];
  await send(member.at, 'PATCH', { role: 'receptionist' });
  await send('/v1/properties/1001', 'PATCH', { name: `Seen ${++names}` });
  await untilEnded([events]);
  expect(events.events).toEqual([]);
  const heard = async () => {
    await virtual.advance(STEP_MS);
    return live.events.flatMap(({ data }) => data.types ?? []);
  };
  await expect.poll(heard).toContain('property.changed');
  live.hangUp();
});
