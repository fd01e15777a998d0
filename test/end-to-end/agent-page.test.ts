import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../world/processes.ts';
import { scratchFolder } from '../world/scratch.ts';

const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

/** `keyrack agent` on a computer without a server: its lines for people, one at a time, and its end. */
function agent(...flags: string[]) {
  const folder = scratchFolder();
  const token = join(folder.path, 'token');
  writeFileSync(token, 'A'.repeat(43), { mode: 0o600 });
  const args = [MAIN, 'agent', '--data', join(folder.path, 'data'), '--server', 'ws://127.0.0.1:1/agent'];
  const identity = ['--id', '01900000-0000-7000-8000-00000000000a', '--token-file', token];
  const child = spawn(process.execPath, [...args, ...identity, '--sim-encoder', '7C778A6C7D9C', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    folder.remove();
  });
  const out = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const err = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  return {
    line: async () => (await out.next()).value as string | undefined,
    /** The next line of standard error that isn't log. */
    complaint: async () => {
      for await (const line of err) if (!line.startsWith('{')) return line;
      return undefined;
    },
    ended,
  };
}

test('an agent says where its page is, and answers there', async () => {
  const { line } = agent('--page-port', '0');
  const [, url = ''] = /^page for the desk: (http:\/\/127\.0\.0\.1:\d+)$/.exec((await line()) ?? '') ?? [];
  expect(await (await fetch(url)).text()).toContain('Keyrack front desk');
});

test('an agent whose port is taken says so in one line, and works on', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { line, complaint } = agent('--page-port', String(port));
  expect(await complaint()).toBe(
    `There is no page for the desk: port ${port} on 127.0.0.1 is taken. Stop the program that has it, or choose another with --page-port.`,
  );
  expect(await line()).toBe('connecting');
  expect(await line()).toContain('not connected');
});

test('an agent without a page says nothing of one', async () => {
  expect(await agent('--page-port', 'off').line()).toBe('connecting');
});

test('an agent that is told no port says what one is', async () => {
  const { complaint, ended } = agent('--page-port', '0.0.0.0:8081');
  expect(await complaint()).toContain('a port number from 0 to 65535, or off');
  expect(await ended).toBe(2);
});
