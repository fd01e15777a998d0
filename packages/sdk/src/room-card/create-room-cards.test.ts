import { describe, expect, test } from 'vitest';
import { KeyrackUnreachable } from '../problems.ts';
import { BREAKS_OFF, type Scripted, SILENT, scriptedServer } from '../testing/scripted-server.ts';
import { createRoomCards, isRoomCardFailure, RoomCardFailure } from './index.ts';

const OK: Scripted = { status: 200, json: { status: 200, info: 'success', data: { serialNum: '04AA' } } };
const failed = (status: number, http = 200): Scripted => ({
  status: http,
  json: { status, info: 'No', message: 'Do it.' },
  headers: { 'x-request-id': 'r', 'x-operation-id': 'op' },
});
const READ = {
  communityNo: '1001',
  issueMac: 'AABBCCDDEEFF',
  creatorEmail: 'ada@example.com',
  creatorPassword: 'd41d8cd98f00b204e9800998ecf8427e',
  operateCardType: '4',
} as const;

async function client(...script: Scripted[]) {
  const { url, heard } = await scriptedServer(...script);
  return { roomCards: createRoomCards({ url, accountSid: 'sid', authToken: 'secret' }), heard };
}
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

test('a request is signed in its form, and the authToken stays here', async () => {
  const { roomCards, heard } = await client(OK);
  await roomCards.readCard(READ);
  await roomCards.queryByRoom({
    ...{ communityNo: '1001', buildNo: '1', floorNo: '1', roomNo: '101', rand: undefined },
    ...{ startDate: '2026-11-30', endDate: '2026-11-30', recordType: '0' },
  });
  expect(heard.map(({ path }) => path)).toEqual([
    '/Home/Qrm/readCard',
    expect.stringMatching(/^\/Home\/Records\/queryByRoom\?sig=[0-9a-f]{40}$/),
  ]);
  expect(heard[0]?.body).toMatch(/^accountSid=sid&communityNo=1001&issueMac=.*&sig=[0-9a-f]{32}$/);
  expect(heard[1]?.body).toMatch(/&timestamp=\d{10}$/);
  expect(heard.map(({ body }) => body).join()).not.toContain('secret');
});

test('what was refused is a failure with its reason, told once', async () => {
  const { roomCards, heard } = await client(failed(4013));
  const error = await failure(roomCards.readCard(READ));
  expect(error).toBeInstanceOf(RoomCardFailure);
  expect(error).toMatchObject({ status: 4013, reason: 'permission', message: 'Do it.' });
  expect(error).toMatchObject({ requestId: 'r', operationId: 'op' });
  expect([isRoomCardFailure(error, 'permission', 'open'), isRoomCardFailure(error, 'open')]).toEqual([true, false]);
  expect(heard).toHaveLength(1);
});

test('a status of later servers is told as it is', async () => {
  const { roomCards } = await client(failed(7777));
  expect(await failure(roomCards.readCard(READ))).toMatchObject({ status: 7777, reason: null });
});

test('where there is nothing to list, the list is empty', async () => {
  const { roomCards } = await client(failed(5118));
  expect(await roomCards.getMacList({ communityNo: '1001' })).toEqual([]);
  expect(await roomCards.fetchRoomInfo({ communityNo: '1001' })).toEqual({ builders: [] });
  expect(await failure(roomCards.readCard(READ))).toMatchObject({ reason: 'no-data' });
});

describe('the same request is sent again', () => {
  test('where no answer came, and where the server could do nothing', async () => {
    const { roomCards, heard } = await client(BREAKS_OFF, failed(503, 503), failed(500, 500), OK);
    expect(await roomCards.readCard(READ)).toEqual({ serialNum: '04AA' });
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
    expect(heard).toHaveLength(4);
  });

  test('while its outcome is open, as long as the caller says', async () => {
    const { roomCards, heard } = await client(failed(6209), OK);
    expect(await failure(roomCards.readCard(READ))).toMatchObject({ reason: 'open' });
    const other = await client(failed(6209), OK);
    expect(await other.roomCards.readCard(READ, { untilKnownMs: 60_000 })).toEqual({ serialNum: '04AA' });
    expect([heard.length, other.heard.length]).toEqual([1, 2]);
  });

  test('as often as told', async () => {
    const { roomCards, heard } = await client(SILENT);
    const error = await failure(roomCards.readCard(READ, { timeoutMs: 50, retries: 1 }));
    expect(error).toBeInstanceOf(KeyrackUnreachable);
    expect(error).toMatchObject({ reason: 'timeout', mayBeDone: true });
    expect(heard).toHaveLength(2);
  });
});

test('what is no server of this API is told', async () => {
  const { roomCards, heard } = await client({ status: 404, json: { error: 'no' } });
  expect(await failure(roomCards.readCard(READ))).toMatchObject({ reason: 'not-keyrack', status: 404 });
  expect(heard).toHaveLength(1);
});
