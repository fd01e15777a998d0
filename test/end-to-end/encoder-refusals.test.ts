import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { AGENT_RETURN } from '@keyrack/server/domain/limits.ts';
import { describe, expect, test } from 'vitest';
import { passingClock } from '../world/passing-clock.ts';
import { MEMBER, propertyForEachTest } from '../world/property-for-each-test.ts';
import { type Fields, refusal } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/**
 * What makeRoomCard and readCard refuse for the sake of the member, the desk or the encoder, over HTTP against a running
 * server, each with its exact body (docs/room-card-api.md). For cancelCard see refusals.test.ts.
 */

const world = propertyForEachTest();

describe.each<{
  name: 'makeRoomCard' | 'readCard';
  failed: (message: string) => string;
  /** The same for a room, or a card, of the lock types that go to the signed-in member's encoder. */
  types2And3: Fields[];
}>([
  {
    name: 'makeRoomCard',
    failed: (message) => refusal(6202, 'Issue card error', message),
    types2And3: [
      { roomNo: 'R004', issueMac: '' },
      { roomNo: 'R005', issueMac: '' },
    ],
  },
  {
    name: 'readCard',
    failed: (message) => refusal(6201, 'Read card error', message),
    types2And3: [
      { operateCardType: '2', issueMac: '' },
      { operateCardType: '3', issueMac: '' },
    ],
  },
])('$name is refused', ({ name, failed, types2And3 }) => {
  const body = async (changes?: Fields) => (await world.property.command(name, changes)).body;
  const NOT_SIGNED_IN = failed('This member is not signed in at any front desk; sign in at the agent and send again.');

  test('to whom cannot sign, has no such property, no right password or no permission', async () => {
    const desk = await world.open();
    expect(await body({ accountSid: '0'.repeat(32) })).toBe(
      refusal(
        403,
        'Signature error',
        'Account and signature do not agree; check accountSid and authToken, and sign every value as it is sent.',
      ),
    );
    expect(await body({ communityNo: world.property.hotel.otherProperty.number })).toBe(
      refusal(
        5001,
        'Community data exception',
        'This account may not act for that property; check the property number, or have it allowed under Developers in the console, or with `keyrack accounts allow`.',
      ),
    );
    const creator = refusal(
      4011,
      'Creator or password error',
      'The creator is not known here or the password is wrong; check both and send again.',
    );
    expect(await body({ creatorMobile: '19999999999' })).toBe(creator);
    expect(await body({ creatorPassword: 'f'.repeat(32) })).toBe(creator);
    expect(await body({ creatorMobile: world.property.hotel.porter.mobile ?? '' })).toBe(
      refusal(
        4013,
        'Issuing permission is off',
        'The issuing permission is off; an administrator turns it on under Members in the console, or with `keyrack members permit`.',
      ),
    );
    expect(world.operations()).toEqual([]);
    expect(desk.use).toEqual({ connects: 0, writes: 0 });
  });

  test('at an encoder that the property does not have', async () => {
    const desk = await world.open();
    expect(await body({ issueMac: '000000000000' })).toBe(
      failed('No encoder with this MAC belongs to the property; ask for the list of encoders.'),
    );
    expect(desk.use.connects).toBe(0);
  });

  test('at once where the encoder is offline', async () => {
    const clock = passingClock();
    await world.openProperty({ parts: { clock } });
    clock.pass(AGENT_RETURN.sinceStartMs);
    expect(await body()).toBe(
      failed('The encoder is not connected; plug it in, see that the agent runs on its computer, and send again.'),
    );
    expect(world.operations()).toMatchObject([{ state: 'rejected', cause: 'encoder-offline' }]);
  });

  test('where the agent is suspended', async () => {
    const desk = await world.open();
    const agent = world.property.rows('agents').find(({ id }) => id === world.property.hotel.desk.agent);
    if (agent === undefined) throw new Error('the agent is missing');
    await world.property.put({ table: 'agents', row: { ...agent, state: 'suspended' } });
    expect(await body()).toBe(
      failed(
        'The agent of this encoder is suspended; an administrator pairs it anew under Front desks in the console, or with `keyrack agents pair --replaces ID`.',
      ),
    );
    expect(desk.use.connects).toBe(0);
  });

  test('at once behind four others that wait for the encoder', async () => {
    await world.openWithoutCard();
    const serials = ['4567', '42873467', '9A3C51E0', '04C3804C937782', '04D4915D948883'];
    const hangUp = new AbortController();
    const asked = serials.map((serialNum) => world.property.cancel({ serialNum }, hangUp.signal).catch(() => null));
    await world.waiting(5);
    expect(await world.property.command(name)).toMatchObject({
      body: failed('The encoder has too many requests waiting; send again when they are done.'),
      operationId: null,
    });
    hangUp.abort();
    await Promise.all(asked);
  });

  test.each(types2And3)('where this member is not signed in: %j', async (changes) => {
    const desk = await world.open();
    expect(await body(changes)).toBe(NOT_SIGNED_IN);
    await desk.signIn({ ...MEMBER, mobile: world.property.hotel.porter.mobile ?? '' });
    expect(await body(changes)).toBe(NOT_SIGNED_IN);
    expect(desk.use.connects).toBe(0);
  });

  test.each(types2And3)('where no encoder is marked for the signed-in member: %j', async (changes) => {
    await world.openProperty();
    const encoders = world.property.hotel.desk.encoders.map((each) => ({ ...each, forSignedIn: false }));
    const desk = await world.property.openDesk({ encoders });
    await desk.signIn(MEMBER);
    expect(await body(changes)).toBe(
      failed(
        'The agent where this member is signed in has no encoder marked for this card type; mark one under Front desks in the console, or with `keyrack encoders change --for-signed-in yes`.',
      ),
    );
  });

  test('when the permission is withdrawn before the card comes, and the card is left alone', async () => {
    const desk = await world.openWithoutCard();
    const asked = world.property.command(name);
    await world.waiting(1);
    const { member } = world.property.hotel;
    await world.property.put({
      table: 'members',
      row: { ...member, issuingPermission: false, version: member.version + 1 },
    });
    const before = desk.contentOf(PUBLISHED.serial);
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect((await asked).body).toBe(
      refusal(
        4013,
        'Issuing permission is off',
        'The issuing permission is off; an administrator turns it on under Members in the console, or with `keyrack members permit`.',
      ),
    );
    expect(desk.contentOf(PUBLISHED.serial)).toBe(before);
    expect(world.operations()).toMatchObject([{ state: 'rejected', grant: null, reading: null }]);
  });

  test('when the member signs out before the card comes', async () => {
    const desk = await world.open();
    desk.cards.remove(PUBLISHED.secondEncoder);
    await desk.signIn(MEMBER);
    const asked = world.property.command(name, types2And3[0]);
    await world.waiting(1);
    await desk.agent.desk.signOut();
    desk.cards.place(serialOf('04A16E2A915580'), { encoder: PUBLISHED.secondEncoder });
    expect((await asked).body).toBe(NOT_SIGNED_IN);
    expect(desk.use.writes).toBe(0);
  });

  test('when the person at the desk declines', async () => {
    const desk = await world.openWithoutCard();
    const asked = world.property.command(name);
    await until('the desk shows the prompt', () => desk.agent.desk.state().encoders.some(({ prompt }) => prompt));
    const [operation] = world.operations();
    expect(operation && desk.agent.desk.decline(operation.id)).toBe(true);
    expect((await asked).body).toBe(failed('It was declined at the front desk; send again if it is still wanted.'));
  });

  test('when no card comes: the answer tells how long it waited', async () => {
    await world.openWithoutCard({ cardWaitSeconds: 0.4 });
    expect(await body()).toBe(
      failed('No card was put on the encoder within 0.4 seconds; send again with the card on it.'),
    );
    expect(world.operations()).toMatchObject([{ state: 'expired', cause: 'no-card' }]);
  });
});
