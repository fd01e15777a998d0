import { expect, it } from 'vitest';
import { INN, restWorld } from '../../testing/rest-world.ts';

it('a property is shown without its keys, with an ETag that its values make', async () => {
  const { send, put } = await restWorld();
  const { status, body, headers } = await send('/v1/properties/1001');
  expect(status).toBe(200);
  expect(body).toEqual({
    id: INN.id,
    number: '1001',
    name: 'Inn',
    timeZone: 'Asia/Shanghai',
    checkOutTime: '12:00',
  });
  const etag = headers.get('etag');
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  expect((await send(`/v1/properties/${INN.id}`)).headers.get('etag')).toBe(etag);
  await put({ table: 'properties', row: { ...INN, name: 'Inn by the river' } });
  expect((await send('/v1/properties/1001')).headers.get('etag')).not.toBe(etag);
});
