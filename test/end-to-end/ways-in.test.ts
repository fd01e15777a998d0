import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_PROTOCOL, type AgentId, agentId } from '@keyrack/protocol';
import { readConfig } from '@keyrack/server/config.ts';
import { DEMO_EMAIL, DEMO_PERSON } from '@keyrack/server/demo/people.ts';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { startServer } from '@keyrack/server/main.ts';
import { OWNER_KEY_FILE } from '@keyrack/server/main-server-file.ts';
import { offerSetUp } from '@keyrack/server/runtime/offer-set-up.ts';
import { argon2Passwords, hashPersonPassword } from '@keyrack/server/runtime/password.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newPairingCode } from '../world/owner.ts';
import { MEMBER, propertyForEachTest } from '../world/property-for-each-test.ts';
import { CANCEL, type Fields, signed } from '../world/room-card-client.ts';
import { FIRST_PROPERTY } from '../world/set-up.ts';
import type { FrontDesk } from '../world/test-property.ts';

/**
 * Every way in, and what failures on it close (docs/room-card-api.md, "Failed attempts"): that way, for what they aimed
 * at, and nothing that anybody else uses.
 */

const world = propertyForEachTest({ env: { KEYRACK_TRUSTED_PROXIES: '127.0.0.1' } });

/** Addresses of clients, as a trusted proxy names them. */
const HOTEL = '192.0.2.1';
const STRANGER = '203.0.113.9';

/** An agent that is enrolled and not connected. */
const SPARE = { agent: agentId.parse('01890a5d-ac96-774b-bcce-b302099a8999'), token: 's'.repeat(43) };

/** Somebody who signs in to /v1 by themselves. */
const PERSON = { email: 'somebody@keyrack.example', password: 'her very own' };

interface WaysIn {
  readonly desk: FrontDesk;
  readonly lobby: FrontDesk;
}

async function openWays(): Promise<WaysIn> {
  const desk = await world.open();
  const { property } = world;
  const { hotel } = property;
  const lobby = await property.openDesk({
    identity: hotel.lobby,
    encoders: [],
    folder: join(property.folders.agent, '..', 'lobby'),
  });
  const { account } = hotel.otherAccount;
  const [enrolled] = property.rows('agents');
  if (enrolled === undefined) throw new Error('the property has no agent');
  const tokenHash = createHash('sha256').update(SPARE.token).digest('hex');
  await property.put(
    { table: 'accountProperties', row: { propertyId: hotel.property.id, accountSid: account.sid } },
    {
      table: 'persons',
      row: {
        id: '019ac000-0000-7000-8000-0000000000aa',
        name: 'Somebody',
        areaCode: null,
        mobile: null,
        email: PERSON.email,
        passwordHash: await hashPersonPassword(argon2Passwords, PERSON.password),
        owner: false,
        version: 1,
        createdAt: 1,
      },
    },
    { table: 'agents', row: { ...enrolled, id: SPARE.agent, tokenHash, session: 0, journal: null, cursor: null } },
  );
  return { desk, lobby };
}

/** The status that a room-card request is answered with. */
async function statusOf(form: string, from: string): Promise<number> {
  const response = await fetch(`${world.property.url}/Home/Qrm/cancelCard`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': from, connection: 'close' },
    body: form,
  });
  return ((await response.json()) as { status: number }).status;
}

const asksByPassword = (changes: Fields = {}, token?: string) =>
  statusOf(signed({ ...CANCEL, ...changes }, token), HOTEL);

/** How the server ends what an agent says first: `cursor` where it takes it in. */
async function saysToServer(message: object, from: string): Promise<string> {
  const socket = new WebSocket(`${world.property.url.replace('http', 'ws')}/agent`, {
    headers: { 'x-forwarded-for': from },
  });
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.once('error', reject);
      socket.on('message', (data) => {
        const said = JSON.parse(String(data));
        if (said.type === 'challenge') socket.send(JSON.stringify({ ...message, protocol: said.protocol }));
        else if (said.type !== 'ping') resolve(said.type === 'refused' ? said.cause : said.type);
      });
    });
  } finally {
    socket.terminate();
  }
}

const pairs = (code: string, from: string) =>
  saysToServer({ type: 'pair', protocol: AGENT_PROTOCOL, code, publicKey: 'k'.repeat(43), name: 'Desk' }, from);

const newCode = () => newPairingCode(world.property);

function greets(agent: AgentId, token: string, from: string): Promise<string> {
  const position = { number: 0, hash: '0'.repeat(64) };
  return saysToServer(
    {
      type: 'hello',
      protocol: AGENT_PROTOCOL,
      agent,
      proof: { by: 'token', token },
      instance: '01890a5d-ac96-774b-bcce-b302099a8001',
      software: 'test',
      journal: { id: '01890a5d-ac96-774b-bcce-b302099a8002', head: position },
      acknowledged: null,
      encoders: [],
    },
    from,
  );
}

/** The status of a request of /v1. */
async function asksV1(method: string, path: string, from: string, json?: object, token?: string): Promise<number> {
  const response = await fetch(`${world.property.url}${path}`, {
    method,
    headers: {
      'x-forwarded-for': from,
      ...(json && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  await response.text();
  return response.status;
}
const ownerKey = () => readFileSync(join(world.property.folders.server, OWNER_KEY_FILE), 'utf8').trim();
const asksWith = (key: string, from: string) => asksV1('GET', '/v1/properties', from, undefined, key);
const AS_MEMBER = { property: PUBLISHED.propertyNumber, ...DEMO_PERSON };
const opensSession = (who: object, from: string) => asksV1('POST', '/v1/sessions', from, who);

const signsIn = async (desk: FrontDesk, changes: Partial<typeof MEMBER> = {}) => {
  const result = await desk.agent.desk.signIn({ ...MEMBER, ...changes });
  return result.ok ? 'signed in' : result.cause;
};

const byEmail = { mobile: '', areaCode: '', email: DEMO_EMAIL };

/** What is right, by every way in: whether it is let in. */
const RIGHT: Record<string, (ways: WaysIn) => Promise<boolean>> = {
  'the member through the account': async () => (await asksByPassword()) === 200,
  'the member by e-mail through the account': async () => {
    const names = { creatorAreaCode: '', creatorMobile: '', creatorEmail: DEMO_EMAIL };
    return (await asksByPassword(names)) === 200;
  },
  'a colleague through the account': async () => (await asksByPassword({ creatorMobile: '10000000001' })) === 4013,
  'the member through another account': async () => {
    const { account, token } = world.property.hotel.otherAccount;
    return (await asksByPassword({ accountSid: account.sid }, token)) === 200;
  },
  'the member at the desk': async ({ desk }) => (await signsIn(desk)) === 'signed in',
  'the member by e-mail at the desk': async ({ desk }) => (await signsIn(desk, byEmail)) === 'signed in',
  'a colleague at the desk': async ({ desk }) => (await signsIn(desk, { mobile: '10000000001' })) === 'signed in',
  'the member at another desk': async ({ lobby }) => (await signsIn(lobby)) === 'signed in',
  'a code from the hotel': async () => (await pairs(await newCode(), HOTEL)) === 'paired',
  "a code from the stranger's address": async () => (await pairs(await newCode(), STRANGER)) === 'paired',
  'an agent from the hotel': async () => (await greets(SPARE.agent, SPARE.token, HOTEL)) === 'cursor',
  "an agent from the stranger's address": async () => (await greets(SPARE.agent, SPARE.token, STRANGER)) === 'cursor',
  'a member over /v1 from the hotel': async () => (await opensSession(AS_MEMBER, HOTEL)) === 201,
  "a member over /v1 from the stranger's address": async () => (await opensSession(AS_MEMBER, STRANGER)) === 201,
  'a person over /v1 from the hotel': async () => (await opensSession(PERSON, HOTEL)) === 201,
  "a person over /v1 from the stranger's address": async () => (await opensSession(PERSON, STRANGER)) === 201,
  'the owner from the hotel': async () => (await asksWith(ownerKey(), HOTEL)) === 200,
  "the owner from the stranger's address": async () => (await asksWith(ownerKey(), STRANGER)) === 200,
};

const md5 = (n: number) => n.toString(16).padStart(32, '0');
const spelt = (email: string, n: number) =>
  [...email].map((letter, i) => ((n >> (i % 8)) & 1 ? letter.toUpperCase() : letter)).join('');
const wrongEmails = (n: number) => spelt(DEMO_EMAIL, n);

/** What is wrong, by every way in, and what is closed by much of it. */
const WRONG: readonly {
  readonly what: string;
  readonly times: number;
  readonly attempt: (ways: WaysIn, n: number) => Promise<unknown>;
  /** Attempts that are answered so, where that is bounded. */
  readonly looked?: { readonly answer: unknown; readonly at: number };
  readonly closes: readonly string[];
}[] = [
  {
    what: 'a signature from elsewhere, in the name of the account',
    times: 130,
    attempt: (_, n) => statusOf(new URLSearchParams({ ...CANCEL, sig: md5(n) }).toString(), STRANGER),
    looked: { answer: 403, at: 100 },
    closes: [],
  },
  {
    what: 'a signature from the address of the hotel, in the name of the account',
    times: 130,
    attempt: (_, n) => statusOf(new URLSearchParams({ ...CANCEL, sig: md5(n) }).toString(), HOTEL),
    looked: { answer: 403, at: 100 },
    closes: [],
  },
  {
    what: 'a signature in the name of an account that does not exist',
    times: 130,
    attempt: (_, n) =>
      statusOf(new URLSearchParams({ ...CANCEL, accountSid: 'A'.repeat(32), sig: md5(n) }).toString(), HOTEL),
    looked: { answer: 403, at: 100 },
    closes: [],
  },
  {
    what: 'a password of the member through the account',
    times: 20,
    attempt: (_, n) => asksByPassword({ creatorPassword: md5(n) }),
    looked: { answer: 4011, at: 10 },
    closes: ['the member through the account', 'the member by e-mail through the account'],
  },
  {
    what: 'a password of the member through the account, by mobile and e-mail in turn',
    times: 30,
    attempt: (_, n) => {
      const name = n % 2 === 0 ? {} : { creatorAreaCode: '', creatorMobile: '', creatorEmail: wrongEmails(n) };
      return asksByPassword({ ...name, creatorPassword: md5(n) });
    },
    looked: { answer: 4011, at: 10 },
    closes: ['the member through the account', 'the member by e-mail through the account'],
  },
  {
    what: 'a password of the member at the desk, in many spellings',
    times: 40,
    attempt: ({ desk }, n) => signsIn(desk, { ...byEmail, email: wrongEmails(n), passwordMd5: md5(n) }),
    looked: { answer: 'creator-or-password', at: 10 },
    closes: ['the member at the desk', 'the member by e-mail at the desk'],
  },
  {
    what: 'a password of nobody at the desk',
    times: 40,
    attempt: ({ desk }, n) => signsIn(desk, { mobile: '19999999999', passwordMd5: md5(n) }),
    looked: { answer: 'creator-or-password', at: 10 },
    closes: [],
  },
  {
    what: 'a password of a member over /v1, in many spellings of the name',
    times: 20,
    attempt: (_, n) =>
      opensSession({ ...AS_MEMBER, email: spelt(DEMO_PERSON.email, n), password: `wrong ${n}` }, STRANGER),
    looked: { answer: 401, at: 10 },
    closes: ["a member over /v1 from the stranger's address"],
  },
  {
    what: 'a password of a person over /v1, in many spellings of the name',
    times: 20,
    attempt: (_, n) => opensSession({ email: spelt(PERSON.email, n), password: `wrong ${n}` }, STRANGER),
    looked: { answer: 401, at: 10 },
    closes: ["a person over /v1 from the stranger's address"],
  },
  {
    what: 'a password of nobody over /v1',
    times: 20,
    attempt: (_, n) => opensSession({ email: 'nobody@keyrack.example', password: `wrong ${n}` }, STRANGER),
    looked: { answer: 401, at: 10 },
    closes: [],
  },
  {
    what: "a session's token",
    times: 120,
    attempt: (_, n) =>
      asksV1('GET', '/v1/me', STRANGER, undefined, `ks_${String(n).padStart(8, 'x')}_${'x'.repeat(40)}`),
    looked: { answer: 401, at: 120 },
    closes: [],
  },
  {
    what: 'an invitation',
    times: 120,
    attempt: (_, n) =>
      asksV1('POST', '/v1/persons', STRANGER, {
        ...PERSON,
        name: 'Somebody',
        invitation: `kl_${String(n).padStart(8, 'x')}_${'x'.repeat(40)}`,
      }),
    looked: { answer: 409, at: 120 },
    closes: [],
  },
  {
    what: 'a pairing code',
    times: 20,
    attempt: (_, n) => pairs(`Z${String(n * 100).padStart(7, '0')}`, STRANGER),
    looked: { answer: 'wrong-code', at: 10 },
    closes: ["a code from the stranger's address"],
  },
  {
    what: "an agent's token",
    times: 120,
    attempt: (_, n) => greets(SPARE.agent, `${n}`.padStart(43, 'x'), STRANGER),
    looked: { answer: 'not-proved', at: 120 },
    closes: [],
  },
  {
    what: "the owner's key",
    times: 120,
    attempt: (_, n) => asksWith(`${ownerKey().slice(0, -4)}${String(n).padStart(4, '0')}`, STRANGER),
    looked: { answer: 401, at: 120 },
    closes: [],
  },
];

describe('where it is wrong very often,', () => {
  test.each(WRONG)('$what closes this: $closes', async ({ times, attempt, looked, closes }) => {
    const ways = await openWays();
    const answers: unknown[] = [];
    for (let n = 0; n < times; n += 1) answers.push(await attempt(ways, n));
    if (looked !== undefined) expect(answers.filter((answer) => answer === looked.answer)).toHaveLength(looked.at);

    const closed: string[] = [];
    for (const [what, isLetIn] of Object.entries(RIGHT)) if (!(await isLetIn(ways))) closed.push(what);
    expect(closed).toEqual(closes);
  });

  test('a wrong token of the set-up closes nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keyrack-setup-'));
    let token: string | null = null;
    const { log } = recordingLog();
    const server = await startServer(readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, folder), log, {
      prepare: async ({ run }) => {
        token = await offerSetUp(run);
      },
    });
    const sets = async (shown: string) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ token: shown, ...FIRST_PROPERTY });
      return (await fetch(`${server.url}/v1/set-up`, { method: 'POST', headers, body })).status;
    };
    try {
      for (let n = 0; n < 150; n += 1) expect(await sets(`wrong ${n}`)).toBe(403);
      expect(await sets(token ?? '')).toBe(201);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });
});
