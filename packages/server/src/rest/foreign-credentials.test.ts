import { beforeAll, describe, expect, it } from 'vitest';
import { permissionFor, rightsOfScopes, SCOPE_NAMES, type Scope } from '../domain/rights.ts';
import { drawToken } from '../runtime/draw-token.ts';
import { apiKeyRow, INN, OTHER, restWorldForFile } from '../testing/rest-world.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { problemBody } from './problems.ts';

/** Every endpoint with every kind of credential that isn't for it. Both come from their lists: a new endpoint is in. */

/** What the server reads now and then, whoever asks. */
const BY_ITSELF: readonly string[] = ['openWaitsPage', 'nextToBegin'];
const reads: string[] = [];
const world = restWorldForFile({
  wrapStore: (store) => ({
    ...store,
    read: (name, input) => {
      if (!BY_ITSELF.includes(name)) reads.push(name);
      return store.read(name, input);
    },
  }),
});

const BAD = { expired: drawToken(), revoked: drawToken(), 'of nobody': drawToken(), nonsense: 'kr_nonsense' };
const ofOther = drawToken();
const byScope = Object.fromEntries(SCOPE_NAMES.map((scope) => [scope, drawToken()])) as Record<Scope, string>;

beforeAll(async () => {
  await world().put(
    apiKeyRow(BAD.expired, { expiresAt: 1, properties: null }),
    apiKeyRow(BAD.revoked, { revokedAt: 1, properties: null }),
    apiKeyRow(ofOther, { properties: [OTHER.id] }),
    ...SCOPE_NAMES.map((scope) => apiKeyRow(byScope[scope], { scopes: [scope] })),
  );
});

const NOBODY = '019ac000-0000-7000-8000-00000000dead';
const addressOf = ({ path }: Endpoint, property: string = INN.id) =>
  path.replace('{property}', property).replace(/\{\w+\}/g, NOBODY);
const answerTo = async (endpoint: Endpoint, key: string | null, property?: string) => {
  reads.length = 0;
  const { status, body } = await world().send(addressOf(endpoint, property), { method: endpoint.method, key });
  return { status, body, reads: [...reads] };
};

describe.each(ENDPOINTS.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  it.each(['none', ...Object.keys(BAD)])('answers 401 to a credential that is %s', async (which) => {
    const key = which === 'none' ? null : BAD[which as keyof typeof BAD];
    for (const property of [INN.id, OTHER.id, NOBODY]) {
      expect(await answerTo(endpoint, key, property)).toMatchObject({ status: 401, body: problemBody('unauthorized') });
    }
  });

  it.each(SCOPE_NAMES)('lets one of the scope %s through, or tells it no more than it may know', async (scope) => {
    const answer = await answerTo(endpoint, byScope[scope]);
    switch (permissionFor(endpoint.right, rightsOfScopes([scope]))) {
      case 'may':
        expect([401, 403]).not.toContain(answer.status);
        break;
      case 'may-only-see':
        expect(answer).toMatchObject({ status: 403, body: { type: '/v1/problems/forbidden' } });
        break;
      case 'may-not-see':
        expect(answer).toMatchObject({ status: 404, body: problemBody('not-found') });
    }
  });
});

const OF_PROPERTIES = ENDPOINTS.filter(({ path }) => path.includes('{property}'));

describe.each(OF_PROPERTIES.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  it('answers 404 to one of another property, as if it were not there, after the same work', async () => {
    const foreign = await answerTo(endpoint, ofOther);
    expect(foreign).toMatchObject({ status: 404, body: problemBody('not-found') });
    expect(await answerTo(endpoint, ofOther, NOBODY)).toEqual(foreign);
  });
});
