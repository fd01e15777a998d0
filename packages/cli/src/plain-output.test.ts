import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { COMMANDS } from './commands.ts';
import { storeLogin } from './connection/stored-login.ts';
import { carryOut } from './program.ts';

/** What a server says may be meant for the terminal: it could write over what stands there, or type into it. */

const folder = mkdtempSync(join(tmpdir(), 'keyrack-plain-'));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { XDG_CONFIG_HOME: folder };

const ESCAPES = '\x1b]0;title\x07 \x1b[2J \x9b31m \r gone \u202e turned \x7f';
// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not come out
const HARMFUL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/u;
const problem = (facts: object) => ({
  ...{ type: '/v1/problems/refused', title: `Title ${ESCAPES}`, status: 409, detail: `Detail ${ESCAPES}` },
  ...facts,
});
const property = {
  id: 'P',
  number: `1${ESCAPES}`,
  name: `Inn ${ESCAPES}`,
  timeZone: 'Asia/Shanghai',
  checkOutTime: null,
};

test.each([
  ['a problem', 409, problem({}), ['properties', 'list']],
  ['a problem that is not known', 418, problem({ type: `/v1/problems/${ESCAPES}` }), ['properties', 'list']],
  [
    'cards that are in the way',
    409,
    problem({ cards: [{ serial: ESCAPES, validUntil: ESCAPES }] }),
    ['properties', 'list'],
  ],
  [
    'a field that is wrong',
    400,
    problem({ type: '/v1/problems/invalid-request', errors: [{ in: 'query', path: ESCAPES, detail: ESCAPES }] }),
    ['properties', 'list'],
  ],
  ['what is no JSON', 200, ESCAPES, ['properties', 'list']],
  ['names, for a program', 200, { data: [property], nextCursor: null }, ['properties', 'list', '--json']],
  ['names, in a table', 200, { data: [property], nextCursor: null }, ['properties', 'list']],
])('%s that a server tells is printed without what moves the cursor', async (_, status, body, args) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  storeLogin({ env }, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: 'kr_key' });
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const screen = { columns: 200, colours: false };
  await carryOut(args, { env, out: print, say: print, err: print, screen }, COMMANDS);
  expect(printed.join('\n')).not.toBe('');
  expect(printed.join('\n')).not.toMatch(HARMFUL);
  if (args.includes('--json')) expect(JSON.parse(printed.join('\n'))[0].name).toBe(property.name);
});
