import { expect, it } from 'vitest';
import { DiskFull } from '../store/store.ts';
import { INN, restWorldForFile } from '../testing/rest-world.ts';

let isFull = false;
const world = restWorldForFile({
  wrapStore: (store) => ({
    ...store,
    run: (name, input) => (isFull ? Promise.reject(new DiskFull()) : store.run(name, input)),
  }),
});

it('a change that finds no room on the disk says so, and who can mend it; what is there can be read', async () => {
  const rename = (name: string) => world().send(`/v1/properties/${INN.id}`, { method: 'PATCH', json: { name } });
  const signIn = () =>
    world().send('/v1/sessions', { method: 'POST', key: null, json: { email: 'ada@example.com', password: 'wrong' } });
  isFull = true;
  const refused = await rename('Never');
  expect(refused).toMatchObject({
    status: 507,
    body: { type: '/v1/problems/disk-full', detail: expect.stringContaining('make space on the disk') },
  });
  expect(refused.headers.get('retry-after')).toBe(null);
  expect((await signIn()).status).toBe(401);
  expect((await world().send(`/v1/properties/${INN.id}`)).body.name).toBe(INN.name);
  isFull = false;
  expect((await rename('Inn again')).status).toBe(200);
});
