import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain } from './exit.ts';
import { explainSystemError, unreadableFile } from './system-error.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyrack-errors-'));
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('circle', join(folder, 'circle'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What really is thrown. */
function thrown(deed: () => unknown): unknown {
  try {
    deed();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('an error of the system is told in words that say what to do, and never with a stack', () => {
  test.each<[what: string, deed: () => unknown, told: RegExp]>([
    ['a file that is missing', () => readFileSync(join(folder, 'missing')), /missing isn't there\. Check the name/],
    ['a folder for a file', () => readFileSync(folder), /is a folder\. Name a file/],
    ['a file for a folder', () => readdirSync(join(folder, 'file')), /something there is a file\. Name another folder/],
    ['a file on the way', () => mkdirSync(join(folder, 'file', 'x')), /something there is a file/],
    ['a folder that is there', () => mkdirSync(folder), /something of that name is there/],
    [
      'too long a name',
      () => readFileSync(join(folder, 'x'.repeat(300))),
      /has too long a name\. Choose a shorter one/,
    ],
    ['a circle of links', () => readFileSync(join(folder, 'circle')), /circle of links/],
  ])('%s', (_, deed, told) => {
    const { message, code } = explain(thrown(deed));
    expect(message).toMatch(told);
    expect(message).not.toMatch(/\n|\bat \//);
    expect(code).toBe(1);
  });

  test.each(
    [
      'ENOENT ENOTDIR EEXIST EISDIR ENOTEMPTY EACCES EPERM EROFS ENOSPC EDQUOT EFBIG EMFILE ENFILE ENAMETOOLONG ELOOP EXDEV EBUSY ETXTBSY EIO EINVAL ENODEV ENXIO',
      'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN EADDRINUSE EADDRNOTAVAIL ENOTFOUND',
    ].flatMap((codes) => codes.split(' ')),
  )('%s', (code) => {
    const error = Object.assign(new Error(code), { code, path: '/some/where', address: '192.0.2.1', port: 1 });
    expect(explainSystemError(error)).toMatch(/^[A-Z/0-9].*\. [A-Z].*[.…]$/);
  });

  test('a port that nobody listens at', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const error = await new Promise<unknown>((resolve) => connect(port, '127.0.0.1').once('error', resolve));
    expect(explain(error).message).toBe(
      `127.0.0.1:${port} can't be reached: nobody listens there. Start the server, or check the address with its port.`,
    );
  });
});

test('a file that somebody named is named in the answer', () => {
  const error = thrown(() => readFileSync(join(folder, 'missing')));
  expect(unreadableFile('typed.txt', error)).toBe("The file typed.txt isn't there. Check the name.");
});
