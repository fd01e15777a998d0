import { beforeAll, expect, it } from 'vitest';
import { SCOPE_NAMES } from '../domain/rights.ts';
import { drawToken } from '../runtime/draw-token.ts';
import { exampleRequests } from '../testing/example-requests.ts';
import { EXAMPLE_SETTINGS } from '../testing/rest-examples.ts';
import { apiKeyRow, INN, OTHER, restWorldForFile, type Sent } from '../testing/rest-world.ts';
import { ENDPOINTS } from './endpoints.ts';
import { problemBody } from './problems.ts';
import { SERVER_READS } from './testing/server-reads.ts';

/** Everything of the inn, asked for by a key of another property that may do all there. Examples of every endpoint make it. */

const reads: string[] = [];
const world = restWorldForFile(
  {
    requestLimits: { burst: 1e6, perSecond: 1e6 },
    wrapStore: (store) => ({
      ...store,
      read: (name, input) => {
        if (!SERVER_READS.includes(name)) reads.push(name);
        return store.read(name, input);
      },
    }),
  },
  { settings: EXAMPLE_SETTINGS },
);
const requestOf = exampleRequests(world);
const key = drawToken();
beforeAll(() => world().put(apiKeyRow(key, { scopes: [...SCOPE_NAMES], properties: [OTHER.id] })));

const NOBODY = '019ac000-0000-7000-8000-00000000dead';
/** Numbers and serials that nothing has. */
const NOTHING: Readonly<Record<string, string>> = {
  encoder: '999999',
  card: 'DEAD',
  number: '999999',
  account: 'f'.repeat(32),
};

/** What the name of is no secret, and why. */
const KNOWN_TO_ALL: Readonly<Record<string, string>> = {
  getAuditRecord: 'each property numbers its own records',
  putPropertyAccount: 'an account is allowed by whoever knows its sid',
  removePropertyAccount: 'forbidding leads where it is forbidden already',
};

const answerTo = async (path: string, sent: Sent) => {
  reads.length = 0;
  const { status, body } = await world().send(path, { ...sent, key });
  return { status, body, reads: [...reads] };
};

const ASKED = ENDPOINTS.filter(
  ({ id, path, open }) => open === undefined && !(id in KNOWN_TO_ALL) && /\{(?!property\})/.test(path),
);

it.each(ASKED.map(({ id, path }) => [id, path]))(
  '%s answers 404, as to what never was, after the same work',
  async (id, pattern) => {
    const { path, sent } = await requestOf(id);
    const placeholders = pattern.split('/');
    const addressed = (nothing: boolean) =>
      path.replace(/[^?]+/, (whole) =>
        whole
          .split('/')
          .map((part, at) => {
            const [, name] = /^\{(\w+)\}$/.exec(placeholders[at] ?? '') ?? [];
            if (name === undefined) return part;
            if (name === 'property') return OTHER.id;
            return nothing ? (NOTHING[name] ?? NOBODY) : part;
          })
          .join('/'),
      );
    const foreign = await answerTo(addressed(false), sent);
    expect(foreign).toMatchObject({ status: 404, body: problemBody('not-found') });
    expect(await answerTo(addressed(true), sent)).toEqual(foreign);
  },
);
const NAMED = ENDPOINTS.filter(({ body, path }) => body !== undefined && path.includes('{property}'));
/** Ids in a body or a query. */
const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

it('what a body names of another property is refused as what never was', async () => {
  const named: string[] = [];
  for (const { id } of NAMED) {
    const { path, sent } = await requestOf(id);
    const text = JSON.stringify(sent.json);
    if (path.includes(`/${INN.number}/`) === false || text?.match(IDS) == null) continue;
    named.push(id);
    const there = path.replace(`/${INN.number}/`, `/${OTHER.number}/`);
    const foreign = await answerTo(there, sent);
    expect(foreign.status, id).toBeGreaterThanOrEqual(400);
    expect(await answerTo(there, { ...sent, json: JSON.parse(text.replace(IDS, NOBODY)) })).toEqual(foreign);
  }
  expect(named).toEqual(expect.arrayContaining(['createFloor', 'createRoom', 'previewIssue']));
});
