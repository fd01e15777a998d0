import { describe, expect, it } from 'vitest';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { INN, restWorldForFile } from '../../testing/rest-world.ts';

const world = restWorldForFile();
const create = (json: object) => world().send('/v1/properties', { method: 'POST', json });
const change = (ref: string, json: object, headers: Record<string, string> = {}) =>
  world().send(`/v1/properties/${ref}`, { method: 'PATCH', json, headers });

describe('a property', () => {
  it('is shown without its keys, by id and number, with an ETag that its values make', async () => {
    const { status, body, headers } = await world().send('/v1/properties/1001');
    expect(status).toBe(200);
    expect(body).toEqual({ id: INN.id, number: '1001', name: 'Inn', timeZone: 'Asia/Shanghai', checkOutTime: '12:00' });
    expect(headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    expect((await world().send(`/v1/properties/${INN.id}`)).headers.get('etag')).toBe(headers.get('etag'));
  });

  it('is added with a card key of its own', async () => {
    const made = await create({ number: 'A1', name: ' New inn ', timeZone: 'Europe/Berlin', checkOutTime: '11:00' });
    expect(made).toMatchObject({ status: 201, body: { number: 'A1', name: 'New inn', checkOutTime: '11:00' } });
    const { server, send } = world();
    const shown = await send(made.headers.get('location') as string);
    expect(shown.body).toEqual(made.body);
    expect(shown.headers.get('etag')).toBe(made.headers.get('etag'));
    const row = await server.read('findPropertyByRef', { ref: 'A1' });
    expect(row?.cardKeys.map(({ version }) => version)).toEqual([1]);
    expect(server.sealer.open(row?.cardKeys[0]?.sealed as string, PURPOSE.propertyCardKey)).toHaveLength(32);
    const { records } = await server.read('verifyAuditPage', { propertyId: made.body.id, after: null });
    expect(records).toBe(1);
  });

  it.each([
    [{ number: '1001' }, 409, undefined],
    [{ number: 'a-1' }, 400, 'number'],
    [{ name: 'x'.repeat(65) }, 400, 'name'],
    [{ timeZone: 'BST' }, 400, 'timeZone'],
    [{ checkOutTime: '24:00' }, 400, 'checkOutTime'],
  ])('with %j is refused', async (given, status, path) => {
    const answer = await create({ number: '77', name: 'Inn', timeZone: 'Asia/Shanghai', ...given });
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]?.path).toBe(path);
  });

  it('is changed only as the caller knows it, where they say so', async () => {
    const { body } = await create({ number: 'B1', name: 'Inn', timeZone: 'Asia/Shanghai' });
    const { headers } = await world().send('/v1/properties/B1');
    const known = { 'if-match': headers.get('etag') as string };
    const first = await change('B1', { checkOutTime: '10:30' }, known);
    expect(first).toMatchObject({ status: 200, body: { ...body, checkOutTime: '10:30' } });
    expect(await change('B1', { name: 'Late' }, known)).toMatchObject({
      status: 412,
      body: { type: '/v1/problems/changed-meanwhile' },
    });
    const both = { 'if-match': `"other", ${first.headers.get('etag')}` };
    expect(await change('B1', { number: 'B2' }, both)).toMatchObject({ status: 200, body: { number: 'B2' } });
    expect(await change('B2', { name: 'Any' }, { 'if-match': '*' })).toMatchObject({ status: 200 });
    expect(await change('B2', { number: '1001' })).toMatchObject({ status: 409 });
    expect(await change('B2', {}, { 'if-match': 'no quotes' })).toMatchObject({ status: 400 });
    expect((await world().send('/v1/properties/B2')).body).toMatchObject({ name: 'Any', checkOutTime: '10:30' });
  });
});
