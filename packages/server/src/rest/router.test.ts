import { describe, expect, it } from 'vitest';
import { INN, OTHER, restWorldForFile } from '../testing/rest-world.ts';

const problem = (name: string) => ({
  type: `/v1/problems/${name}`,
  title: expect.any(String),
  detail: expect.any(String),
});

const world = restWorldForFile();

describe('an address of /v1', () => {
  it('that is none answers 404 in its own words, and the rest of the server answers in theirs', async () => {
    const { send } = world();
    expect(await send('/v1/nothing')).toMatchObject({ status: 404, body: problem('not-found') });
    expect(await send('/v1')).toMatchObject({ status: 404, body: problem('not-found') });
    expect(await send('/v1/%ZZ')).toMatchObject({ status: 404, body: problem('not-found') });
    expect(await send('/v10')).toMatchObject({ status: 404, body: { status: 404, info: expect.any(String) } });
    expect(await send('/v10/%ZZ')).toMatchObject({ status: 404, body: { status: 404 } });
  });

  it('that takes another method says which', async () => {
    const { send } = world();
    const { status, body, headers } = await send('/v1/properties/1001', { method: 'DELETE' });
    expect({ status, body }).toMatchObject({ status: 405, body: problem('method-not-allowed') });
    expect(headers.get('allow')).toContain('GET');
  });

  it('refuses fields that it does not know, and names each', async () => {
    const { send } = world();
    const { status, body } = await send('/v1/properties?limit=0&page=2');
    expect(status).toBe(400);
    expect(body).toMatchObject(problem('invalid-request'));
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { in: 'query', path: 'limit', detail: 'is a number from 1 to 200' },
        { in: 'query', path: '', detail: expect.stringContaining('page') },
      ]),
    );
    expect(await send('/v1/properties/1001?fields=all')).toMatchObject({
      status: 400,
      body: { errors: [{ in: 'query', path: 'fields' }] },
    });
    expect(await send('/v1/properties?cursor=%00')).toMatchObject({ status: 400 });
  });

  it.each([
    ['a list', (levels: number) => '['.repeat(levels) + ']'.repeat(levels)],
    ['an object', (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`],
  ])('refuses a body that nests without end: %s', async (_what, body) => {
    const post = (text: string) =>
      world().send('/v1/properties', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
    for (const levels of [33, 10_000]) {
      expect(await post(body(levels))).toMatchObject({
        status: 400,
        body: { errors: [{ in: 'body', path: '', detail: 'nests deeper than 32 levels' }] },
      });
    }
    expect((await post(body(32))).body.errors).not.toContainEqual(
      expect.objectContaining({ detail: 'nests deeper than 32 levels' }),
    );
  });

  it('passes over no If-Match: where nothing is compared, the condition is refused', async () => {
    const { send } = world();
    const json = { number: 'IfMatch', name: 'Tower' };
    const { id } = (await send('/v1/properties/1001/buildings', { method: 'POST', json })).body;
    const remove = (headers = {}) => send(`/v1/properties/1001/buildings/${id}`, { method: 'DELETE', headers });
    expect(await remove({ 'if-match': '"stale"' })).toMatchObject({
      status: 400,
      body: { errors: [{ in: 'header', path: 'If-Match', detail: expect.stringContaining('leave it out') }] },
    });
    expect((await remove()).status).toBe(204);
  });

  it('answers with the id of the request, and nothing keeps the answer', async () => {
    const { headers } = await world().send('/v1/properties');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('a page', () => {
  it('goes on where the one before ended, until there are no more', async () => {
    const { send } = world();
    const first = await send('/v1/properties?limit=1');
    expect(first.body.data).toMatchObject([{ id: INN.id }]);
    const second = await send(`/v1/properties?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ id: OTHER.id }], nextCursor: null });
  });

  it.each(['nonsense', 'e30', Buffer.from('{"number":{"a":1},"id":"x"}').toString('base64url')])(
    'of a cursor that is none is refused: %s',
    async (cursor) => {
      const { send } = world();
      expect(await send(`/v1/properties?cursor=${cursor}`)).toMatchObject({
        status: 400,
        body: { errors: [{ in: 'query', path: 'cursor' }] },
      });
    },
  );
});
