import { readFileSync } from 'node:fs';
import { PUBLISHED_CANCEL_BODY } from '@keyrack/server/demo/published.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EndpointName, endpoint, type Fields } from './testing/contract.ts';
import { type ContractProperty, openContractProperty } from './testing/contract-property.ts';

/** Every signature vector, sent to a running server with the demonstration's data on the day of the samples. */
interface Vector {
  readonly name: string;
  readonly source: string;
  readonly endpoint: EndpointName;
  readonly fields: Fields;
  readonly sig: string;
}
const vectors: Vector[] = JSON.parse(readFileSync(new URL('./signature-vectors.json', import.meta.url), 'utf8'));

/** What a vector signs isn't always the whole request: these fields are unsigned. */
const UNSIGNED: Readonly<Record<string, Fields>> = {
  'cancelCard, creator by e-mail (area code and mobile empty)': { creatorEmail: 'frontdesk@keyrack.example' },
  makeRoomCard: {
    creatorAreaCode: '86',
    creatorMobile: '10000000000',
    creatorPassword: 'bbc69d27003568a7a94626ce4337bc9d',
  },
};

let world: ContractProperty;
beforeAll(async () => {
  world = await openContractProperty();
  // The published queryByRoom asks for this room on this day.
  expect((await world.ask('makeRoomCard')).status).toBe(200);
});
afterAll(() => world.close());

describe('the published requests', () => {
  test.each(vectors)('$name ($source) succeeds', async ({ name, endpoint: of, fields, sig }) => {
    const { path, signature } = endpoint(of);
    const body = { ...fields, ...UNSIGNED[name] };
    const told =
      signature === 'A'
        ? await world.post(path, new URLSearchParams({ ...body, sig }).toString())
        : await world.post(`${path}?sig=${sig}`, new URLSearchParams(body).toString());
    expect(told).toMatchObject({ http: 200, status: 200, info: 'success' });
  });

  test('the published cancel, to the byte, is answered with exactly the published bytes', async () => {
    const told = await world.post('/Home/Qrm/cancelCard', PUBLISHED_CANCEL_BODY);
    expect(told.body).toBe('{"status":200,"info":"success"}');
  });

  test('the encoder of the published list is in ours, as published', async () => {
    expect((await world.ask('getMacList')).data).toContainEqual({ id: '4221', mac: '7C010A8C7Y9C' });
  });

  test('the published query is refused five minutes and a second before and after its time stamp', async () => {
    const { fields, sig } = vectors.find((each) => each.endpoint === 'queryByRoom') as Vector;
    const at = async (seconds: number) => {
      world.clock.set((Number(fields.timestamp) + seconds) * 1000);
      return (await world.post(`/Home/Records/queryByRoom?sig=${sig}`, new URLSearchParams(fields).toString())).status;
    };
    expect([await at(-301), await at(-298), await at(298), await at(301)]).toEqual([4014, 200, 200, 4014]);
  });
});
