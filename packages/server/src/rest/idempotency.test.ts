import { expect, it } from 'vitest';
import { REPEATS, SANDBOX } from '../domain/limits.ts';
import { systemClock } from '../runtime/clock.ts';
import { exampleRequests } from '../testing/example-requests.ts';
import { EXAMPLE_SETTINGS } from '../testing/rest-examples.ts';
import { type Received, restWorldForFile } from '../testing/rest-world.ts';
import { ENDPOINTS } from './endpoints.ts';
import { LARGE_REQUESTS } from './large-requests.ts';
import { DONE_EACH_TIME, GOES_ON } from './testing/repeated-posts.ts';

/** Every POST with an Idempotency-Key, by the example of its endpoint: a new endpoint is in. */

/** Fields that show a secret. All others are told to every repeat. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  createApiKey: ['token'],
  createAccount: ['token'],
  rotateAccountToken: ['token'],
  createPasswordLink: ['link'],
  createPersonPasswordLink: ['link'],
  inviteMember: ['token'],
  inviteOwner: ['token'],
  createPairingCode: ['code', 'command', 'downloadLink'],
  exportLock: ['sealed'],
  createAuthenticator: ['secret', 'uri'],
  createRecoveryCodes: ['codes'],
  createWebhook: ['secret'],
  createInstallationWebhook: ['secret'],
  rotateWebhookSecret: ['secret'],
  rotateInstallationWebhookSecret: ['secret'],
};
/** So many at once. */
const FEWER: Readonly<Record<string, number>> = {
  createSandboxCard: SANDBOX.atOnce,
  importRooms: LARGE_REQUESTS.perCaller,
};

let later = 0;
const world = restWorldForFile(
  {
    requestLimits: { burst: 1e6, perSecond: 1e6 },
    clock: { ...systemClock, now: () => systemClock.now() + later },
  },
  { settings: EXAMPLE_SETTINGS },
);
const requestOf = exampleRequests(world);
const POSTS = ENDPOINTS.filter(({ id, method }) => method === 'POST' && !(id in DONE_EACH_TIME)).map(({ id }) => id);

/** What was done for somebody so far; what the server does by itself names nobody. */
const deeds = () =>
  world()
    .rows('audit')
    .filter(({ details }) => 'by' in JSON.parse(details))
    .map(({ action }) => action);
const deedsOf = async (ask: () => Promise<unknown>) => {
  const before = deeds();
  await ask();
  return deeds().slice(before.length);
};

it('is taken by every POST of a credential, but for some', () => {
  const posts = ENDPOINTS.filter(({ method }) => method === 'POST').map(({ id }) => id);
  expect(posts).toEqual(expect.arrayContaining([...Object.keys(DONE_EACH_TIME), ...Object.keys(SECRETS), ...GOES_ON]));
  const open = ENDPOINTS.filter(({ method, open }) => method === 'POST' && open !== undefined).map(({ id }) => id);
  expect(Object.keys(DONE_EACH_TIME)).toEqual(expect.arrayContaining(open));
});

it.each(POSTS)('%s is done once of fifty at once; the secret of its answer is shown for ten minutes', async (id) => {
  const alone = await requestOf(id);
  const once = await deedsOf(() => world().send(alone.path, alone.sent));
  expect(once).not.toEqual([]);

  const { path, sent } = await requestOf(id);
  const repeat = () => world().send(path, { ...sent, headers: { 'idempotency-key': `fifty-${id}` } });
  const told = ({ status, body }: Received) => ({ status, body: GOES_ON.includes(id) ? body.id : body });
  let answers: Received[] = [];
  expect(
    await deedsOf(async () => {
      answers = await Promise.all(Array.from({ length: FEWER[id] ?? 50 }, repeat));
    }),
  ).toEqual(once);
  const [first] = answers as [Received];
  expect(first.status).toBeLessThan(300);
  for (const answer of answers) expect(told(answer)).toEqual(told(first));

  const secrets = SECRETS[id] ?? [];
  for (const name of secrets)
    expect(first.body[name]).toSatisfy((shown) => typeof shown === 'string' || Array.isArray(shown));
  later += REPEATS.secretMs + 1_000;
  const without = Object.fromEntries(secrets.map((name) => [name, null]));
  const expected = told(secrets.length === 0 ? first : { ...first, body: { ...first.body, ...without } });
  const late = await deedsOf(async () => expect(told(await repeat())).toEqual(expected));
  later = 0;
  expect(late).toEqual([]);
});
