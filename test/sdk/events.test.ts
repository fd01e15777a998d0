import { type components, createKeyrack, isProblem, type KeyrackEvent } from '@keyrack/sdk';
import { INN, restWorld } from '@keyrack/server/testing/rest-world.ts';
import { expect, test } from 'vitest';

/** The SDK follows the events of a real server. */

const property = INN.number;

test('events come as they happen, and behind a cursor nothing comes twice', async () => {
  const world = await restWorld();
  const keyrack = createKeyrack({ url: world.server.url, key: world.ownerKey });
  const rename = (name: string) => keyrack.properties.change({ property, name });
  const types = ['property.changed'];
  await rename('One');
  const got: KeyrackEvent[] = [];
  let cursor = '';
  for await (const followed of keyrack.follow({ property, types })) {
    got.push(followed.event);
    cursor = followed.cursor;
    if (got.length === 2) break;
    await rename('Two');
  }
  await rename('Three');
  for await (const { event } of keyrack.follow({ property, types, cursor })) {
    got.push(event);
    break;
  }
  expect(got.map(({ type }) => type)).toEqual(['property.changed', 'property.changed', 'property.changed']);
  const [one, two, three] = got.map(({ number }) => number) as [number, number, number];
  expect([two - one, three - two]).toEqual([1, 1]);
  for await (const { event } of keyrack.follow({ types })) {
    expect(event).toEqual(got[0]);
    break;
  }
});

test('a key that is revoked hears nothing more, and is told so', async () => {
  const world = await restWorld();
  const owner = createKeyrack({ url: world.server.url, key: world.ownerKey });
  const { id, token } = await owner.apiKeys.create({ name: 'Follower', scopes: ['audit'], properties: 'all' });
  const follower = createKeyrack({ url: world.server.url, key: token as string });
  const rename = (name: string) => owner.properties.change({ property, name });
  await rename('One');
  let heard = 0;
  const following = async () => {
    for await (const _ of follower.follow({ property })) {
      heard += 1;
      await owner.apiKeys.revoke({ apiKey: id });
      await rename('Two');
    }
  };
  await expect(following()).rejects.toSatisfy((error) => isProblem(error, 'unauthorized'));
  expect(heard).toBe(1);
});

test('an event has the fields of the document', () => {
  const asDocumented = (event: components['schemas']['Event']): KeyrackEvent => event;
  expect(asDocumented).toBeTypeOf('function');
});
