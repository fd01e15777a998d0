import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newCardRecord, type Room } from '../../domain/places.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { putAuditLog } from '../../testing/audit-log.ts';
import { putIssuedCard, putOperation } from '../../testing/rest-operations.ts';
import { apiKeyRow, INN, restWorld } from '../../testing/rest-world.ts';
import { auditExportLine } from './audit-view.ts';

const ROOM: Room = {
  ...{ propertyId: INN.id, id: 'room', buildingId: 'b', floorId: 'f', no: '1', name: '101', lockNumber: 1 },
  ...{ lockType: 'QRBLOCK', sequence: 1, gateway: false, joinedNo: 'b1' },
};
const PATH = '/v1/properties/1001/audit-records';
/** The n-th record's time. */
const minute = (n: number) => Date.UTC(2026, 0, 1) + n * 60_000;
const numbers = ({ body }: { body: { data: { number: number }[] } }) => body.data.map(({ number }) => number);

describe('the audit log', () => {
  it('is listed newest first, in pages that neither skip nor repeat', async () => {
    const world = await restWorld();
    await putAuditLog(
      world,
      INN.id,
      Array.from({ length: 7 }, (_, i) => ({ at: minute(i) })),
    );
    const walked: number[] = [];
    for (let cursor = ''; cursor !== null; ) {
      const page = await world.send(`${PATH}?limit=3${cursor && `&cursor=${cursor}`}`);
      walked.push(...numbers(page));
      cursor = page.body.nextCursor;
      // What comes meanwhile is on no page behind this one.
      if (walked.length === 3) await world.send('/v1/properties/1001', { method: 'PATCH', json: { name: 'Inn' } });
    }
    expect(walked).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect((await world.send(`${PATH}/3`)).body).toMatchObject({
      number: 3,
      at: new Date(minute(2)).toISOString(),
      actor: { kind: 'owner', id: null },
      operation: null,
    });
    expect((await world.send(`${PATH}/30`)).status).toBe(404);
    expect((await world.send('/v1/properties/1002/audit-records')).body).toEqual({ data: [], nextCursor: null });
  });

  it('is searched by who, what and when', async () => {
    const world = await restWorld();
    await putAuditLog(world, INN.id, [
      ...Array.from({ length: 1_500 }, (_, i) => ({ at: minute(i) })),
      { at: minute(1_500), actor: 'key 019ac000', action: 'member-created', details: '{"member":"m"}' },
      ...Array.from({ length: 2_000 }, (_, i) => ({ at: minute(1_501 + i) })),
    ]);
    const search = (query: string) => world.send(`${PATH}?limit=200&${query}`);
    const time = (n: number) => `${new Date(minute(n)).toISOString()}`;
    // By halving: no page of the two thousand behind it is walked.
    expect(numbers(await search(`from=${time(1_499)}&until=${time(1_502)}`))).toEqual([1_502, 1_501, 1_500]);
    expect(numbers(await search(`until=${time(2)}`))).toEqual([2, 1]);
    expect(numbers(await search(`from=${time(3_499)}`))).toEqual([3_501, 3_500]);
    expect((await search(`from=${time(9_000)}`)).body).toEqual({ data: [], nextCursor: null });
    for (const query of ['actor=019ac000', 'actor=key%20019ac000', 'action=member-created']) {
      let pages = 0;
      const found: number[] = [];
      for (let cursor: string | null = ''; cursor !== null; pages += 1) {
        const { body } = await search(`${query}${cursor && `&cursor=${cursor}`}`);
        found.push(...body.data.map(({ number }: { number: number }) => number));
        cursor = body.nextCursor;
      }
      expect({ query, found, pages }).toEqual({ query, found: [1_501], pages: 4 });
    }
  });

  it('tells who did what to whom by the names of today, and of which room', async () => {
    const world = await restWorld();
    const token = drawToken();
    const key = apiKeyRow(token, { id: 'k', name: 'PMS' });
    const record = { propertyId: INN.id, id: 'record', roomId: 'r' };
    await world.put(key, {
      table: 'cardRecords',
      row: newCardRecord({ ...record, validFrom: 0, validUntil: 1, issuedAt: 0 }),
    });
    await world.put({ table: 'rooms', row: { ...ROOM, id: 'r', name: '1203' } });
    await putAuditLog(world, INN.id, [
      { actor: 'key k', action: 'api-key-created', details: '{"apiKey":"k","name":"then"}' },
      { action: 'card-superseded', details: '{"record":"record"}' },
      { actor: 'member gone', details: '{"member":"gone","room":{"id":"r"},"encoder":7}' },
    ]);
    const { body } = await world.send(PATH);
    const told = body.data.map(({ names, room }: { names: object; room: object | null }) => ({ names, room }));
    expect(told).toEqual([
      { names: {}, room: { id: 'r', name: '1203' } },
      { names: {}, room: { id: 'r', name: '1203' } },
      { names: { k: 'PMS' }, room: null },
    ]);
    expect((await world.send(`${PATH}/1`)).body.names).toEqual({ k: 'PMS' });
  });

  it('is searched by operation, card and room', async () => {
    const world = await restWorld();
    const { id } = await putOperation(world, 'unknown', 2);
    await putIssuedCard(world);
    await putAuditLog(world, INN.id, [
      { action: 'operation-accepted' },
      { action: 'operation-accepted', operationId: id, details: '{"serial":"4567","room":"other"}' },
      { action: 'card-retired', details: '{"serial":"89AB","record":"record"}' },
      { action: 'operation-unknown', operationId: id, details: '{"serial":"4567"}' },
      { action: 'place-changed', details: '{"room":{"id":"room"}}' },
    ]);
    const search = async (query: string) => numbers(await world.send(`${PATH}?${query}`));
    expect(await search(`operation=${id}`)).toEqual([4, 2]);
    expect(await search('operation=019ac000-0000-7000-8000-0000000000ff')).toEqual([]);
    expect(await search('card=4567')).toEqual([4, 2]);
    expect(await search('room=room')).toEqual([5, 3]);
    expect(await search('room=other')).toEqual([2]);
  });

  it('is verified part by part, and tells where it was changed', async () => {
    const world = await restWorld();
    const records = await putAuditLog(
      world,
      INN.id,
      Array.from({ length: 12_000 }, (_, i) => ({ at: i })),
    );
    const verify = async () => {
      const answers = [];
      for (let cursor = ''; cursor !== null; ) {
        const { body } = await world.send(`/v1/properties/1001/audit-verification${cursor && `?cursor=${cursor}`}`);
        answers.push(body);
        cursor = body.nextCursor;
      }
      return answers;
    };
    const proved = await verify();
    expect(proved.map((answer) => answer.records)).toEqual([10_000, 12_000]);
    const [last] = records.slice(-1);
    expect(proved.at(-1)).toEqual({
      records: 12_000,
      brokenAt: null,
      head: { number: 12_000, hash: last?.hash },
      nextCursor: null,
    });
    await world.put({ table: 'audit', row: { ...(records[4_711] as (typeof records)[0]), actor: 'nobody' } });
    expect((await verify()).map(({ brokenAt }) => brokenAt)).toEqual([4_712, 4_712]);
    expect((await world.send('/v1/properties/1001/audit-verification?cursor=x')).status).toBe(400);
  });

  it('is exported whole, so that anybody can compute its hashes anew', async () => {
    const world = await restWorld();
    await putAuditLog(
      world,
      INN.id,
      Array.from({ length: 1_234 }, (_, i) => ({ at: i, details: `{"é":${i}}` })),
    );
    const answer = await world.send('/v1/properties/1001/audit-export');
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => auditExportLine.parse(JSON.parse(line)));
    let before = '';
    for (const { hash, ...fields } of lines(answer.body)) {
      const text = JSON.stringify([before, ...Object.values(fields)]);
      expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
      before = hash;
    }
    expect(lines(answer.body)).toHaveLength(1_234);
    const rest = await world.send('/v1/properties/1001/audit-export?after=1200');
    expect(lines(rest.body)).toEqual(lines(answer.body).slice(1_200));
    expect((await world.send('/v1/properties/1002/audit-export')).body).toBe('');
  });

  it('of the installation is the owner’s alone', async () => {
    const world = await restWorld();
    const json = { name: 'All', scopes: ['admin', 'audit'], properties: 'all' };
    const { body } = await world.send('/v1/api-keys', { method: 'POST', json });
    const listed = await world.send('/v1/audit-records');
    expect(listed.body.data).toMatchObject([
      { number: 2, action: 'api-key-created', details: { apiKey: body.id } },
      { number: 1, action: 'api-key-created', details: { owner: true } },
    ]);
    for (const path of ['audit-records', 'audit-verification', 'audit-export']) {
      expect((await world.send(`/v1/${path}`)).status).toBe(200);
      expect((await world.send(`/v1/${path}`, { key: body.token })).status).toBe(404);
    }
  });

  it('is exported no further once the credential has ended', async () => {
    const token = drawToken();
    let pages = 0;
    const world = await restWorld({
      wrapStore: (store) => ({
        ...store,
        read: async (name, input) => {
          if (name === 'auditAfter' && ++pages === 2) await world.put(apiKeyRow(token, { revokedAt: 1 }));
          return store.read(name, input);
        },
      }),
    });
    await world.put(apiKeyRow(token, { scopes: ['audit'] }));
    await putAuditLog(
      world,
      INN.id,
      Array.from({ length: 2_500 }, () => ({})),
    );
    await expect(world.send('/v1/properties/1001/audit-export', { key: token })).rejects.toThrow();
    expect(pages).toBe(2);
  });

  it('whose export fails in the middle breaks off, so that nobody takes a part for the whole', async () => {
    const world = await restWorld({
      wrapStore: (store) => ({
        ...store,
        read: async (name, input) => {
          if (name === 'auditAfter' && (input as { after: number }).after > 0) throw new Error('for this test');
          return store.read(name, input);
        },
      }),
    });
    await putAuditLog(
      world,
      INN.id,
      Array.from({ length: 501 }, () => ({})),
    );
    await expect(world.send('/v1/properties/1001/audit-export')).rejects.toThrow();
    expect(world.lines).toContainEqual(expect.objectContaining({ msg: 'an answer in parts broke off' }));
  });
});
