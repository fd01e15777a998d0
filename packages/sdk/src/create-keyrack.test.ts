import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GROUPS, OPERATIONS } from './api-operations.ts';
import { createKeyrack, etagOf, type Input, responseOf, VERSION } from './index.ts';
import { type Scripted, scriptedServer } from './testing/scripted-server.ts';

const OK: Scripted = { status: 200, json: { id: 'x' }, headers: { etag: '"v1"', 'x-request-id': 'r' } };

async function client(options: { readonly key?: () => string; readonly path?: string } = {}, ...script: Scripted[]) {
  const { url, heard } = await scriptedServer(...(script.length > 0 ? script : [OK]));
  const { key = 'kr_test', path = '' } = options;
  return { keyrack: createKeyrack({ url: `${url}${path}`, key, userAgent: 'pms/2' }), heard };
}

describe('what is given travels where the document says', () => {
  test('address, question mark and body', async () => {
    const { keyrack, heard } = await client();
    const from = new Date('2026-11-30T08:15:00Z');
    await keyrack.operations.list({ property: 'a/b?c', kind: 'issue', encoder: 7, from, held: true, until: undefined });
    await keyrack.members.change({ property: '1001', member: 'm', name: 'Ada', email: null, role: undefined });
    await keyrack.call('removeRoom', { property: '1001', room: 'r' });
    expect(heard.map(({ method, path, body }) => [method, path, body])).toEqual([
      [
        'GET',
        '/v1/properties/a%2Fb%3Fc/operations?held=true&kind=issue&encoder=7&from=2026-11-30T08%3A15%3A00.000Z',
        '',
      ],
      ['PATCH', '/v1/properties/1001/members/m', '{"name":"Ada","email":null}'],
      ['DELETE', '/v1/properties/1001/rooms/r', ''],
    ]);
  });

  test('who asks', async () => {
    const keys = ['kr_one', 'kr_two'];
    const { keyrack, heard } = await client({ key: () => keys.shift() as string });
    await keyrack.properties.get({ property: '1001' });
    await keyrack.properties.get({ property: '1001' }, { headers: { 'X-Trace': 't' } });
    expect(heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer kr_one', 'Bearer kr_two']);
    expect(heard[1]?.headers).toMatchObject({ 'x-trace': 't' });
    expect(heard[0]?.headers['user-agent']).toMatch(new RegExp(`^pms/2 keyrack-sdk/${VERSION} Node\\.js/`));
  });

  test('by the cookie of a page, which shows no key', async () => {
    const { url, heard } = await scriptedServer(OK);
    const keyrack = createKeyrack({ url, cookie: true });
    await keyrack.properties.get({ property: '1001' });
    expect(heard[0]?.headers).toMatchObject({ 'keyrack-session': 'cookie' });
    expect(heard[0]?.headers.authorization).toBeUndefined();
    // @ts-expect-error one of the two
    const neither = () => createKeyrack({ url });
    // @ts-expect-error not both
    const both = () => createKeyrack({ url, key: 'k', cookie: true });
    expect([neither, both]).toHaveLength(2);
  });

  test('to a server below a path of its own', async () => {
    const { keyrack, heard } = await client({ path: '/keys//' });
    await keyrack.properties.get({ property: '1001' });
    expect(heard[0]?.path).toBe('/keys/v1/properties/1001');
  });

  test.each(['', '.', '..'])(
    'and a part of the address that is "%s" is refused: it would name another thing',
    async (member) => {
      const { keyrack, heard } = await client();
      await expect(keyrack.members.get({ property: '1001', member })).rejects.toThrow(/getMember needs member/);
      expect(heard).toEqual([]);
    },
  );

  test.each<[string, (keyrack: ReturnType<typeof createKeyrack>) => unknown, RegExp]>([
    [
      'a field that nothing takes',
      (k) => k.members.get({ property: '1', member: 'm', rle: 1 } as never),
      /takes no field rle/,
    ],
    ['If-Match', (k) => k.members.get({ property: '1', member: 'm' }, { ifMatch: '"1"' } as never), /takes no ifMatch/],
    ['a wait', (k) => k.members.get({ property: '1', member: 'm' }, { waitSeconds: 1 } as never), /no waitSeconds/],
    ['an operation', (k) => k.call('listNothing' as 'listMembers', {} as never), /no operation listNothing/],
    [
      'an unknown thing as ifMatch',
      (k) => k.members.change({ property: '1', member: 'm' }, { ifMatch: {} }),
      /no answer had/,
    ],
  ])('and what would be passed over is refused: %s', async (_, call, message) => {
    const { keyrack, heard } = await client();
    await expect(async () => call(keyrack)).rejects.toThrow(message);
    expect(heard).toEqual([]);
  });

  test.each(['localhost:8080', 'ftp://keys.example.com', '/v1'])('and no server is at %s', (url) => {
    expect(() => createKeyrack({ url, key: 'k' })).toThrow(/no address of a server/);
  });
});

describe('an answer', () => {
  test('is what was asked for; how it came can be looked up by it', async () => {
    const { keyrack, heard } = await client();
    const property = await keyrack.properties.get({ property: '1001' });
    expect(property).toEqual({ id: 'x' });
    expect([etagOf(property), etagOf({ ...property })]).toEqual(['"v1"', null]);
    expect(responseOf(property)).toMatchObject({ status: 200, requestId: 'r' });
    await keyrack.properties.change({ property: '1001', name: 'Inn' }, { ifMatch: property });
    await keyrack.properties.change({ property: '1001', name: 'Inn' }, { ifMatch: '"v2"' });
    expect(heard.slice(1).map(({ headers }) => headers['if-match'])).toEqual(['"v1"', '"v2"']);
  });

  test('without a body is nothing', async () => {
    const { keyrack } = await client({}, { status: 204 });
    expect(await keyrack.apiKeys.revoke({ apiKey: 'k' })).toBeUndefined();
  });

  test('may be waited for, longer than a try takes otherwise', async () => {
    const { keyrack, heard } = await client();
    await keyrack.operations.create({ property: '1', kind: 'read', encoder: 1 }, { waitSeconds: 19.2, timeoutMs: 1 });
    expect(heard[0]?.headers.prefer).toBe('wait=20');
  });
});

describe('a list', () => {
  const script = (...pages: number[][]): Scripted[] =>
    pages.map((data, i) => ({ status: 200, json: { data, nextCursor: i === pages.length - 1 ? null : `c${i + 1}` } }));

  test('is its first page where it is awaited', async () => {
    const { keyrack, heard } = await client({}, ...script([1, 2], [3]));
    expect(await keyrack.members.list({ property: '1', limit: 2 })).toEqual({ data: [1, 2], nextCursor: 'c1' });
    expect(heard.map(({ path }) => path)).toEqual(['/v1/properties/1/members?limit=2']);
  });

  test('is all of its rows where it is iterated, and asks for no page that nobody gets to', async () => {
    const { keyrack, heard } = await client({}, ...script([1, 2], [], [3], [4]));
    const rows: unknown[] = [];
    for await (const member of keyrack.members.list({ property: '1', role: 'auditor' })) {
      rows.push(member);
      if (rows.length === 3) break;
    }
    expect(rows).toEqual([1, 2, 3]);
    expect(heard.map(({ path }) => path.split('?')[1])).toEqual([
      'role=auditor',
      'cursor=c1&role=auditor',
      'cursor=c2&role=auditor',
    ]);
  });

  test('comes in pages, from a stored cursor too, and as an array with a limit', async () => {
    const { keyrack, heard } = await client({}, ...script([1], [2], [3]));
    const pages = await Array.fromAsync(keyrack.members.list({ property: '1', cursor: 'c0' }).pages());
    expect(pages.map(({ data }) => data)).toEqual([[1], [2], [3]]);
    expect(heard[0]?.path).toContain('cursor=c0');
    const again = await client({}, ...script([1], [2], [3]));
    expect(await again.keyrack.call('listMembers', { property: '1' }).toArray()).toEqual([1, 2, 3]);
    const short = await client({}, ...script([1], [2], [3]));
    await expect(short.keyrack.members.list({ property: '1' }).toArray({ most: 2 })).rejects.toThrow(
      /more than 2 rows/,
    );
  });
});

test('the version that servers are told is the one of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(version);
});

test('every operation is a method of one group', () => {
  const names = Object.values(GROUPS).flatMap((verbs) => Object.values(verbs));
  expect(names.sort()).toEqual(Object.keys(OPERATIONS).sort());
});

test('types say what an operation takes', () => {
  const takes = <T>(_: T) => undefined;
  takes<Input<'getMember'>>({ property: '1', member: 'm' });
  // @ts-expect-error a part of the address is missing
  takes<Input<'getMember'>>({ property: '1' });
  // @ts-expect-error no such role
  takes<Input<'listMembers'>>({ property: '1', role: 'king' });
  takes<Input<'listMembers'>>({ property: '1', limit: 5, active: true });
  takes<Input<'createOperation'>>({ property: '1', kind: 'cancel', serial: '04AA', encoder: 1 });
  // @ts-expect-error a cancel names its card
  takes<Input<'createOperation'>>({ property: '1', kind: 'cancel', encoder: 1 });
  // @ts-expect-error no such field
  takes<Input<'changeMember'>>({ property: '1', member: 'm', issuing: true });
});
