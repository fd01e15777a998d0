import { AGENT_PROTOCOL } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { FAILURES } from '../domain/limits.ts';
import type { Run } from '../runtime/runner.ts';
import { dispatcherOver } from './testing/dispatcher-over.ts';

/** A server that knows no code, and how long it has been up. */
function serverWithoutCodes() {
  const server = { passed: 0, asked: 0 };
  const clock = { now: () => 0, monotonic: () => server.passed, setTimeout: () => ({}), clearTimeout: () => {} };
  const run = (async () => {
    server.asked += 1;
    return { verdict: 'wrong-code' };
  }) as unknown as Run;
  const dispatcher = dispatcherOver(run, clock);
  /** Why somebody is refused who tries a code on a connection of their own. */
  const guess = () =>
    new Promise<string>((resolve) => {
      const session = dispatcher.connect({
        address: '192.0.2.1',
        send: (text) => {
          const message = JSON.parse(text);
          if (message.type === 'refused') resolve(message.cause);
        },
        close: () => {},
      });
      const code = { code: 'ABCDEFGH', publicKey: 'k'.repeat(43), name: 'Desk' };
      session.receive(JSON.stringify({ type: 'pair', protocol: AGENT_PROTOCOL, ...code }));
    });
  return { server, guess };
}

test('after too many wrong codes of everybody together none is even looked at, for a while', async () => {
  const { server, guess } = serverWithoutCodes();
  for (let time = 0; time < 3; time += 1) expect(await guess()).toBe('wrong-code');
  expect(await guess()).toBe('too-many-codes');
  expect(server.asked).toBe(3);
  server.passed = FAILURES.windowMs;
  expect(await guess()).toBe('wrong-code');
});
