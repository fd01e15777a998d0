import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createKeyrack, type FollowInput, type FollowOptions, isProblem, isUnreachable } from './index.ts';
import { BREAKS_OFF, problem, type Scripted, scriptedServer } from './testing/scripted-server.ts';

/** Answers with these parts of a stream, and then as told. */
const stream =
  (parts: string[], then: (response: ServerResponse) => void = (response) => response.end()): Scripted =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(['retry: 1\n', ...parts].join(''), () => then(response));
  };
const told = (number: number) => `id: ${number}\ndata: ${JSON.stringify({ number })}\n\n`;
const STAYS = () => undefined;

async function followed(count: number, script: Scripted[], input: FollowInput = {}, options: FollowOptions = {}) {
  const { url, heard } = await scriptedServer(...script);
  const keyrack = createKeyrack({ url, key: 'k' });
  const got: (readonly [number, string])[] = [];
  const run = async () => {
    for await (const { event, cursor } of keyrack.follow(input, options)) {
      got.push([event.number, cursor]);
      if (got.length === count) break;
    }
  };
  const error = await run().then(
    () => null,
    (each: unknown) => each,
  );
  return { got, error, heard };
}

test('events come as they are told, each with the cursor that goes on behind it', async () => {
  const { got, heard } = await followed(2, [stream([told(1), ': still here\n\n', told(2)], STAYS)], {
    property: '1001',
    cursor: 'latest',
    types: ['card.begun', 'card.retired'],
  });
  expect(got).toEqual([
    [1, '1'],
    [2, '2'],
  ]);
  expect(heard[0]).toMatchObject({ path: '/v1/properties/1001/events?cursor=latest&types=card.begun%2Ccard.retired' });
  expect(heard[0]?.headers.accept).toContain('text/event-stream');
});

test('of several properties they come by another address', async () => {
  const { heard } = await followed(1, [stream([told(1)], STAYS)], { properties: ['1001', '1002'] });
  expect(heard[0]?.path).toBe('/v1/events?properties=1001%2C1002');
});

describe('a stream is taken up behind the last event', () => {
  test('where it ended, broke off, or failed for a moment; also behind what had no event', async () => {
    const script = [
      stream([told(1)]),
      stream([told(2), 'id: 5\n\n'], (response) => response.destroy()),
      BREAKS_OFF,
      problem(503, 'unavailable'),
      stream([told(6)], STAYS),
    ];
    const { got, heard } = await followed(3, script);
    expect(got.map(([number]) => number)).toEqual([1, 2, 6]);
    expect(heard.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1', '5', '5', '5']);
  });

  test('where it is silent for too long', async () => {
    const { got, heard } = await followed(
      2,
      [stream([told(1)], STAYS), stream([told(2)], STAYS)],
      {},
      { timeoutMs: 200 },
    );
    expect(got.map(([number]) => number)).toEqual([1, 2]);
    expect(heard).toHaveLength(2);
  });
});

describe('it ends', () => {
  test('where the key was revoked, or the property is none', async () => {
    const { got, error, heard } = await followed(2, [stream([told(1)]), problem(401, 'unauthorized')]);
    expect(isProblem(error, 'unauthorized')).toBe(true);
    expect([got.length, heard.length]).toEqual([1, 2]);
  });

  test('where it could never connect', async () => {
    const { error, heard } = await followed(1, [BREAKS_OFF], {}, { retries: 1 });
    expect(isUnreachable(error)).toBe(true);
    expect(heard).toHaveLength(2);
  });

  test('where something else answers', async () => {
    const { error, heard } = await followed(1, [{ status: 200, json: { data: [] } }]);
    expect(error).toMatchObject({ reason: 'not-keyrack' });
    expect(heard).toHaveLength(1);
  });

  test('by the signal of the caller, and by leaving the loop: the connection goes too', async () => {
    let gone = 0;
    const stays: Scripted = (response, heard) => {
      response.once('close', () => {
        gone += 1;
      });
      (stream([told(1)], STAYS) as (response: ServerResponse, heard: unknown) => void)(response, heard);
    };
    const { url } = await scriptedServer(stays);
    const keyrack = createKeyrack({ url, key: 'k' });
    const stopped = new AbortController();
    const reason = new Error('closed');
    const run = async () => {
      for await (const _ of keyrack.follow({}, { signal: stopped.signal })) stopped.abort(reason);
    };
    await expect(run()).rejects.toBe(reason);
    await expect.poll(() => gone).toBe(1);
    for await (const _ of keyrack.follow()) break;
    await expect.poll(() => gone).toBe(2);
  });
});
