import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { SCOPE_NAMES } from '@keyrack/server/domain/rights.ts';
import { createDocumentCheck } from '@keyrack/server/testing/document-check.ts';
import { CommandLineError, readArguments, wholeNumber } from '../../command-line/read-arguments.ts';
import { runProgram } from '../../command-line/run-program.ts';
import { type Chance, chanceOf } from '../../faults/chance.ts';
import { storedRows } from '../../world/database.ts';
import { until } from '../../world/until.ts';
import { createFindings, describe } from '../findings.ts';
import { drawPool } from '../mutate.ts';
import type { AgentFacts } from '../under-fuzz/agent-process.ts';
import { memorySettingsOfUnit } from '../under-fuzz/unit-environment.ts';
import { watchProcess } from '../under-fuzz/watched-process.ts';
import { makeWorld, type World } from '../under-fuzz/world.ts';
import { megabytes } from '../verdict.ts';
import { followUpOf, PASSWORD, rememberPeople } from './belonging-together.ts';
import type { Drawn } from './drawn.ts';
import { learnerOf } from './learn.ts';
import { requestsOf } from './requests.ts';
import { type Answered, createSender } from './send.ts';
import type { DocumentServerFacts } from './server-process.ts';
import { createKnown, type Known, type Schema } from './values.ts';

// Sends requests that are made from the served document of /v1, valid and not, to a real server with a front desk of
// simulated encoders: `USAGE` says what it takes.

const USAGE = `npm run fuzz:v1 -- [--requests N]   sends N requests (500,000) to /v1, made from its document
  --seed S      draws as the run that printed this seed
  --lanes N     so many at once (24); with 1 a seed draws the same requests again, as long as the answers are the same
  --help        says this

The last line says "held" or "failed", with the numbers. It failed, and the exit code is 1, where an answer was 5xx or not as
the document says, where a program died or logged an error, or where the server's memory grew by more than 10 % after the
first fifth.`;

interface Command {
  readonly requests: number;
  readonly seed: number;
  readonly lanes: number;
}

function readCommandLine(args: readonly string[]): Command | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      requests: { type: 'string', default: '500000' },
      seed: { type: 'string', default: String(1 + (Date.now() % 1_000_000)) },
      lanes: { type: 'string', default: '24' },
    },
  });
  if (values.help) return 'help';
  const requests = wholeNumber('--requests', values.requests);
  if (requests < 10) throw new CommandLineError('--requests takes 10 or more.');
  return { requests, seed: wholeNumber('--seed', values.seed), lanes: wholeNumber('--lanes', values.lanes) };
}

/** Of the requests, so many come before memory is looked at first, and what is missing by then is aimed at from then on. */
const FIRST_SHARE = 0.2;
/** Of resident memory, from the first look to the end. */
const MOST_GROWTH = 0.1;
/** An endpoint that takes so many times as long as the others is drawn a tenth as often: it would take all the time. */
const SLOW = 4;
/** The front desk of the sandbox may be away, or late: its endpoints say so by 503, as the document tells. */
const MAY_BE_UNAVAILABLE = /Sandbox/;

/** What a request that is valid by the document may not lead to in so short a time, and why. */
const MAY_NEVER_BE_DONE: Readonly<Record<string, string>> = {
  writeOffOperation:
    'nobody can tell its outcome: a failure of the sandbox comes before it, and a card must not follow',
  setUp: 'takes the token of an empty server',
  createLinkSession: 'takes a link that the demonstration alone makes',
  openSession: 'takes the next code of an app, which is good once',
  ...Object.fromEntries(
    ['createPasskey', 'changePasskey', 'removePasskey', 'createPasskeySession'].map((operation) => [
      operation,
      'takes what an authenticator signed',
    ]),
  ),
  forgetEncoder: 'no front desk has it: those that this run has stay at work',
};

const say = (text: string) => void process.stdout.write(`${text}\n`);

await runProgram({ usage: USAGE, read: readCommandLine }, async (command) => {
  const { requests, seed, lanes } = command;
  say(`seed ${seed}; again: npm run fuzz:v1 -- --requests ${requests} --seed ${seed} --lanes ${lanes}`);
  const { reasons, line } = await carryOut(command);
  for (const reason of reasons) say(`wrong: ${reason}`);
  say(`${reasons.length === 0 ? 'held' : `failed (${reasons.join('; ')})`}: ${line}`);
  return reasons.length > 0 ? 1 : 0;
});

async function carryOut({ requests, seed, lanes }: Command) {
  const findings = createFindings(say);
  const folder = await mkdtemp(join(tmpdir(), 'keyrack-fuzz-v1-'));
  const world = await makeWorld(folder);
  const watched = <Facts>(name: string, entry: URL, env: Record<string, string>, args: string[] = []) =>
    watchProcess<Facts>({
      name,
      entry,
      args,
      env: { ...memorySettingsOfUnit(), ...env },
      logFile: join(folder, `${name}.log`),
      onDeath: (how) => findings.note('deaths', name, null, how),
      onError: (text) => findings.note('crashes', name, null, `it logged an error: ${text}`),
    });
  const server = watched<DocumentServerFacts>('server', new URL('./server-process.ts', import.meta.url), {
    HOST: '127.0.0.1',
    PORT: '0',
    KEYRACK_METRICS: 'none',
    // Passkeys are for a public address.
    KEYRACK_PUBLIC_URL: 'https://keyrack.example',
    KEYRACK_DATA: world.serverFolder,
    KEYRACK_MASTER_KEY: world.masterKey,
    KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1',
    KEYRACK_CARD_WAIT_SECONDS: '0.8',
    KEYRACK_ANSWER_WAIT_SECONDS: '1.8',
  });
  const { url, ownerKey } = await server.whenReady();
  const { agent: id, token, encoders } = world.hotel.desk;
  const desk = { server: `${url.replace('http', 'ws')}/agent`, folder: world.agentFolder, agent: id, token, encoders };
  const agent = watched<AgentFacts>('agent', new URL('../under-fuzz/agent-process.ts', import.meta.url), {}, [
    JSON.stringify({ ...desk, pagePort: 0 }),
  ]);
  await agent.whenReady();

  await untilConnected(url, ownerKey, world.serverFolder);
  const document = (await (await fetch(`${url}/v1/openapi.json`)).json()) as Schema;
  const known = createKnown();
  // The front desk at work stays.
  known.spare(id);
  rememberRows(world.serverFolder, world.hotel.property.id, known.add);
  const right = `Bearer ${ownerKey}`;
  const keys = await keysOfScopes(url, right, known.spare);
  const session = await sessionOf(url, right, world.hotel, known);
  const credentials = {
    right,
    others: [null, 'Bearer kr_nonsense', 'Basic eDp5', ...keys, session, session],
  };
  const times = new Map<string, { count: number; ms: number; done: number; refusals: Set<string> }>();
  let total = 0;
  let totalMs = 0;
  const timesOf = (operation: string) => {
    const told = times.get(operation) ?? { count: 0, ms: 0, done: 0, refusals: new Set<string>() };
    times.set(operation, told);
    return told;
  };
  const isSlow = (operation: string) => {
    if (operation === 'setSandboxOutage') return true;
    const { count, ms } = timesOf(operation);
    return count > 20 && ms / count > (SLOW * totalMs) / total;
  };
  const all = Object.values<object>(document.paths).flatMap((item) =>
    Object.values(item).map((each) => each.operationId),
  );
  const neverDone = () =>
    all.filter((operation) => (times.get(operation)?.done ?? 0) === 0 && !(operation in MAY_NEVER_BE_DONE));
  const draw = requestsOf(document, seed, drawPool(seed), known, credentials, {
    isSlow,
    isFirst: () => total < requests * FIRST_SHARE,
    missing: () => (total < requests * FIRST_SHARE ? [] : neverDone()),
  });
  const learn = learnerOf(document, known);
  const check = createDocumentCheck();
  const sender = createSender(url, lanes);
  const statuses = new Map<number, number>();

  const judge = (drawn: Drawn, { status, contentType, received }: Answered) => {
    const input = { shown: shownOf(drawn), feed: () => undefined };
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 500 && !(status === 503 && MAY_BE_UNAVAILABLE.test(drawn.operation)))
      findings.note('fiveHundreds', drawn.operation, input, `${status} ${JSON.stringify(received)?.slice(0, 300)}`);
    // A head that is too large is refused by the listener, before any endpoint (docs/room-card-api.md).
    if (received === null || status === 431) return;
    const { method, target, json: sent } = drawn;
    try {
      check({ method, target: target.split('#')[0] ?? '', sent, status, contentType, received });
    } catch (error) {
      findings.note(
        'crashes',
        drawn.operation,
        input,
        `${describe(error)}\n${JSON.stringify(received)?.slice(0, 500)}`,
      );
    }
  };
  const following: Drawn[] = [];
  const sendOne = async (chance: Chance) => {
    const drawn = following.shift() ?? draw(chance);
    try {
      const answered = await sender.send(drawn);
      const told = timesOf(drawn.operation);
      total += 1;
      totalMs += answered.ms;
      told.count += 1;
      told.ms += answered.ms;
      if (answered.status < 300) told.done += 1;
      if (answered.etag !== null) known.add('etag', answered.etag);
      if (drawn.method === 'DELETE' && answered.status < 300) known.drop(...lastPlaceOf(document, drawn));
      if (answered.status < 300) {
        learn(drawn.method, drawn.target, answered.received);
        rememberPeople(drawn, answered.received, known);
        const next = followUpOf(drawn, answered.received, chance);
        if (next !== null) following.push(next);
      } else told.refusals.add(refusalOf(answered));
      if (answered.status === 401) known.drop('session-token', String(drawn.headers.authorization).slice(7));
      judge(drawn, answered);
    } catch (error) {
      findings.note('crashes', drawn.operation, { shown: shownOf(drawn), feed: () => undefined }, describe(error));
    }
  };
  const sendMany = async (count: number, from: number) => {
    let left = count;
    const lane = async (number: number) => {
      const chance = chanceOf(seed + 7_919 * (from + number));
      while (left > 0) {
        left -= 1;
        await sendOne(chance);
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, i) => lane(i)));
  };

  const began = performance.now();
  try {
    const firstOnes = Math.round(requests * FIRST_SHARE);
    await sendMany(firstOnes, 0);
    const first = await server.usage();
    await sendMany(requests - firstOnes, lanes);
    const last = await server.usage();
    const grown = first === null || last === null ? Number.NaN : last.rssBytes / first.rssBytes - 1;
    const never = neverDone();
    for (const [operation, { count, ms, done }] of [...times].toSorted(([a], [b]) => a.localeCompare(b)))
      say(`${operation}: ${count} sent, ${done} done, ${(ms / count).toFixed(1)} ms each`);
    for (const operation of never)
      say(`${operation} was never done: ${Array.from(timesOf(operation).refusals).slice(0, 12).join('; ')}`);
    say(
      `answers: ${[...statuses]
        .toSorted(([a], [b]) => a - b)
        .map(([status, count]) => `${status} ${count}`)
        .join(', ')}`,
    );
    const { crashes, fiveHundreds, deaths } = findings.figures;
    const reasons = [
      ...(crashes > 0 ? [`crashes ${crashes}`] : []),
      ...(fiveHundreds > 0 ? [`5xx ${fiveHundreds}`] : []),
      ...(deaths > 0 ? [`deaths ${deaths}`] : []),
      ...(grown <= MOST_GROWTH ? [] : [`memory grew by ${(100 * grown).toFixed(1)} %`]),
    ];
    const seconds = (performance.now() - began) / 1_000;
    const line = [
      `requests ${requests}, crashes ${crashes}, 5xx ${fiveHundreds}, deaths ${deaths}`,
      `endpoints ${times.size}, never done ${never.join(' ') || 'none'}`,
      `memory ${megabytes(first?.rssBytes ?? 0)} to ${megabytes(last?.rssBytes ?? 0)}`,
      `heap ${megabytes(first?.heapBytes ?? 0)} to ${megabytes(last?.heapBytes ?? 0)}`,
      `${seconds.toFixed(0)} s`,
    ].join('; ');
    return { reasons, line };
  } finally {
    sender.close();
    await agent.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the demonstration has, before any answer shows more. */
function rememberRows(folder: string, propertyId: string, add: (name: string, value: unknown) => void): void {
  const own = <T extends { propertyId: string }>(row: T) => row.propertyId === propertyId;
  for (const { id, number } of storedRows(folder, 'properties').filter(({ id }) => id === propertyId)) {
    add('mainProperty', id);
    add('property', number);
  }
  for (const { id } of storedRows(folder, 'encoders').filter(own)) add('encoder', id);
  for (const { id } of storedRows(folder, 'rooms').filter(own)) add('room', id);
  for (const { id } of storedRows(folder, 'members').filter(own)) add('member', id);
  for (const { serial } of storedRows(folder, 'cards').filter(own)) {
    add('serial', serial);
    add('card', serial);
  }
}

/** The front desk has connected, and its encoders are driven. */
async function untilConnected(url: string, ownerKey: string, folder: string): Promise<void> {
  const [encoder] = storedRows(folder, 'encoders').filter(({ mac }) => mac === PUBLISHED.encoder);
  const address = `${url}/v1/properties/${encoder?.propertyId}/encoders/${encoder?.id}/sandbox`;
  const isDriven = async () => (await fetch(address, { headers: { authorization: `Bearer ${ownerKey}` } })).ok;
  await until('the front desk is connected', isDriven, 60_000);
}

/** A key of each scope, as one that isn't the owner's asks. */
async function keysOfScopes(url: string, right: string, spare: (id: string) => void): Promise<string[]> {
  const make = async (scope: string) => {
    const response = await fetch(`${url}/v1/api-keys`, {
      method: 'POST',
      headers: { authorization: right, 'content-type': 'application/json' },
      body: JSON.stringify({ name: `Fuzz ${scope}`, scopes: [scope], properties: 'all' }),
    });
    const { id, token } = (await response.json()) as { id: string; token: string };
    spare(id);
    return `Bearer ${token}`;
  };
  return Promise.all(SCOPE_NAMES.map(make));
}

/** What a request removed: the name of the last placeholder of its path, and what stood there. */
function lastPlaceOf({ paths }: Schema, { operation, target }: Drawn): [name: string, value: string] {
  const isOf = (item: object) => Object.values(item).some(({ operationId }) => operationId === operation);
  const [path = ''] = Object.entries(paths).find(([, item]) => isOf(item as object)) ?? [];
  const at = path.split('/').findLastIndex((part) => part.startsWith('{'));
  const name = path.split('/')[at]?.slice(1, -1) ?? '';
  return [name, decodeURIComponent(target.split(/[?;#]/)[0]?.split('/')[at] ?? '')];
}

/** A member of the demonstration who is signed in. */
async function sessionOf(
  url: string,
  right: string,
  { property, member }: World['hotel'],
  known: Known,
): Promise<string> {
  known.spare(member.id);
  const headers = { authorization: right, 'content-type': 'application/json' };
  const path = `${url}/v1/properties/${property.id}/members/${member.id}/password`;
  await fetch(path, { method: 'PUT', headers, body: JSON.stringify({ password: PASSWORD }) });
  const { areaCode, mobile } = member;
  const signIn = { property: property.id, areaCode, mobile, password: PASSWORD };
  known.add('sign-in', signIn);
  const body = JSON.stringify(signIn);
  const { token } = (await (await fetch(`${url}/v1/sessions`, { method: 'POST', headers, body })).json()) as {
    token?: string;
  };
  if (token === undefined) throw new Error('the member could not sign in');
  return `Bearer ${token}`;
}

/** Why something was not done, for whom a run reads. */
function refusalOf({ status, received }: Answered): string {
  const { type = '', cause = '', errors } = (received ?? {}) as { type?: string; cause?: string; errors?: object[] };
  return [status, type.slice(type.lastIndexOf('/') + 1), cause, JSON.stringify(errors?.[0])].filter(Boolean).join(' ');
}

function shownOf({ method, target, headers, body }: Drawn): string {
  const { authorization: _secret, ...shown } = headers;
  return `${method} ${target} ${JSON.stringify(shown)} ${body === null ? '' : Buffer.from(body).toString('utf8')}`;
}
