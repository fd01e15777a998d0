import { AGENT_PROTOCOL } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { FAILURES } from '../domain/limits.ts';
import { queries } from '../queries/index.ts';
import { createMemoryStore } from '../store/index.ts';
import { transactions } from '../transactions/index.ts';
import { dispatcherOver } from './testing/dispatcher-over.ts';

/** A server of one property, at which anybody tries pairing codes from addresses of their choice. */
async function openServer() {
  let passed = 0;
  let codes = 0;
  const clock = { now: () => passed, monotonic: () => passed, setTimeout: () => ({}), clearTimeout: () => {} };
  const { run, read } = createMemoryStore(transactions, queries);
  const row = { id: 'hotel', number: '1', name: 'Hotel', timeZone: 'UTC', cardKeys: [], checkOutTime: '12:00' };
  await run('putRows', { rows: [{ table: 'properties', row }], onlyIfEmpty: false });
  const dispatcher = dispatcherOver(run, read, clock);
  return {
    wait: (ms: number) => {
      passed += ms;
    },
    async newCode() {
      const code = `A${String(codes).padStart(2, '0')}RIGHT`;
      codes += 1;
      const offer = { propertyId: 'hotel', codes: [code], replaces: null, actor: 'test', now: passed };
      expect(await run('offerPairingCode', offer)).toMatchObject({ verdict: 'offered' });
      return code;
    },
    /** `paired`, or why not. */
    tries: (code: string, address: string) =>
      new Promise<string>((resolve) => {
        const send = (text: string) => {
          const message = JSON.parse(text);
          if (message.type === 'refused') resolve(message.cause);
        };
        const session = dispatcher.connect({
          protocol: AGENT_PROTOCOL,
          address,
          proved: () => {},
          send,
          close: () => {},
        });
        const offer = { code, publicKey: 'k'.repeat(43), name: 'Desk' };
        session.receive(JSON.stringify({ type: 'pair', protocol: AGENT_PROTOCOL, ...offer }));
      }),
  };
}

/** The n-th of many addresses: of different sources each. */
const address = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
const wrongCode = (n: number) => `Z${String(n).padStart(7, '0')}`;
const HERE = '192.0.2.1';

test('ten wrong codes from one address close pairing from there for a while, also for a right one', async () => {
  const server = await openServer();
  for (let n = 0; n < 10; n += 1) expect(await server.tries(wrongCode(n * 100_000), HERE)).toBe('wrong-code');
  expect(await server.tries(await server.newCode(), HERE)).toBe('too-many-codes');
  server.wait(FAILURES.windowMs);
  expect(await server.tries(await server.newCode(), HERE)).toBe('paired');
});

test.each([
  ['one IPv6 network', (n: number) => `2001:db8:1:2::${(n + 1).toString(16)}`, 10],
  ['IPv6 networks', (n: number) => `2001:db8:1:${(n + 1).toString(16)}::1`, 40],
  ['IPv4 addresses', address, 40],
])('codes from %s are one source or many', async (_, from, looked) => {
  const server = await openServer();
  const answers: string[] = [];
  for (let n = 0; n < 40; n += 1) answers.push(await server.tries(wrongCode(n * 100_000), from(n)));
  expect(answers.filter((answer) => answer === 'wrong-code')).toHaveLength(looked);
});

test('a thousand wrong codes from everywhere close pairing for nobody who had none', async () => {
  const server = await openServer();
  for (let n = 0; n < 1_000; n += 1) await server.tries(wrongCode(n), address(n));
  expect(await server.tries(await server.newCode(), HERE)).toBe('paired');
});

test('whoever knows how a code begins, and guesses from everywhere, spends it for nobody else', async () => {
  const server = await openServer();
  const code = await server.newCode();
  for (let n = 0; n < 100; n += 1) {
    expect(await server.tries(`${code.slice(0, 3)}${String(n).padStart(5, '0')}`, address(n))).toBe('wrong-code');
  }
  expect(await server.tries(code, HERE)).toBe('paired');
});

test('who has mistyped a code once can still pair, however often strangers tried codes that begin like it', async () => {
  const server = await openServer();
  const code = await server.newCode();
  const beginning = code.slice(0, 3);
  for (let n = 0; n < 100; n += 1) await server.tries(`${beginning}${String(n).padStart(5, '0')}`, address(n));
  expect(await server.tries(`${beginning}WR0NG`, HERE)).toBe('wrong-code');
  expect(await server.tries(code, HERE)).toBe('paired');
});

test('five wrong ends of a code spend it where they were tried, and read like any wrong code', async () => {
  const server = await openServer();
  const [spent, lucky] = [await server.newCode(), await server.newCode()];
  const guess = async (code: string, times: number, from: string) => {
    for (let n = 0; n < times; n += 1) {
      expect(await server.tries(`${code.slice(0, 3)}0000${n}`, from)).toBe('wrong-code');
    }
  };
  await guess(spent, 5, HERE);
  expect(await server.tries(spent, HERE)).toBe('wrong-code');
  await guess(lucky, 4, address(1));
  expect(await server.tries(lucky, address(1))).toBe('paired');
  expect(await server.tries(spent, address(2)), 'elsewhere it is as good as before').toBe('paired');
});

test('codes sent at once are no way around the limit, and right ones are all taken', async () => {
  const server = await openServer();
  const wrong = Array.from({ length: 40 }, (_, n) => server.tries(wrongCode(n * 100_000), address(1)));
  expect((await Promise.all(wrong)).filter((answer) => answer === 'wrong-code')).toHaveLength(10);
  const codes = await Promise.all(Array.from({ length: 40 }, () => server.newCode()));
  const right = await Promise.all(codes.map((code) => server.tries(code, HERE)));
  expect(new Set(right)).toEqual(new Set(['paired']));
});
