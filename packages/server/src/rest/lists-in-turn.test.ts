import { expect, it } from 'vitest';
import { newMember } from '../domain/people.ts';
import { drawToken } from '../runtime/draw-token.ts';
import type { ReadOptions } from '../store/store.ts';
import { INN, restWorld, sessionRow } from '../testing/rest-world.ts';

const LIST = '/v1/properties/1001/operations';

it('asks for the lists of each person in a lane of their own, and for none that its caller has left', async () => {
  const asked: ReadOptions[] = [];
  let held: Promise<void> | null = null;
  const world = await restWorld({
    wrapStore: (store) => ({
      ...store,
      read: async (name, input, options) => {
        if (name === 'operationsPage') {
          asked.push(options ?? {});
          await held;
        }
        return store.read(name, input, options);
      },
    }),
  });
  const session = async (id: string) => {
    const token = drawToken('session');
    await world.put(sessionRow(token, { kind: 'member', propertyId: INN.id, memberId: id }));
    return token;
  };
  for (const id of ['ada', 'ben']) {
    const facts = {
      role: 'receptionist',
      email: `${id}@example.com`,
      passwordHash: '',
      issuingPermission: true,
    } as const;
    await world.put({ table: 'members', row: newMember({ propertyId: INN.id, id, name: id, ...facts }) });
  }
  const [first, second, other] = [await session('ada'), await session('ada'), await session('ben')];
  for (const key of [first, second, other]) expect((await world.send(LIST, { key })).status).toBe(200);
  expect(asked.map(({ lane }) => lane)).toEqual(['member ada', 'member ada', 'member ben']);

  const holding = Promise.withResolvers<void>();
  held = holding.promise;
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${first}` };
  const gone = fetch(`${world.server.url}${LIST}`, { headers, signal: leaving.signal }).catch(() => 'gone');
  await expect.poll(() => asked.length).toBe(4);
  leaving.abort();
  expect(await gone).toBe('gone');
  await expect.poll(() => asked[3]?.unwanted?.aborted).toBe(true);
  holding.resolve();
  const answered = () => world.lines.filter(({ endpoint, hungUp }) => endpoint === 'listOperations' && hungUp === true);
  await expect.poll(answered).toMatchObject([{ status: 499 }]);
});
