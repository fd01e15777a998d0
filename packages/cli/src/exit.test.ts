import { SYSTEM_ERROR_CODES } from '@keyrack/server/store/system-errors.ts';
import { describe, expect, test } from 'vitest';
import { CommandFailure, explain, usageError } from './exit.ts';

const systemError = (code: string, details: object) =>
  Object.assign(new Error(`${code}: as Node says it`), { code, errno: -1, ...details });

const WANTED = [
  ...['ENOENT', 'EISDIR', 'EMFILE', 'ENFILE', 'ENOTDIR', 'EACCES', 'EROFS', 'ENOSPC', 'ENAMETOOLONG', 'ELOOP', 'EXDEV'],
  ...['EBUSY', 'ECONNREFUSED', 'EPIPE'],
];

describe('an error of the system', () => {
  test.each([...new Set([...SYSTEM_ERROR_CODES, ...WANTED])])(
    '%s is a sentence about the file, without code and stack',
    (code) => {
      const { message, code: exit } = explain(systemError(code, { syscall: 'open', path: '/typed/path' }));
      expect(message).toMatch(/^\/typed\/path: [^\n]+ [^\n]+\.$/);
      expect(message).not.toContain(code);
      expect(exit).toBe(1);
    },
  );

  test.each([
    ['a peer', { syscall: 'connect', address: '127.0.0.1', port: 9 }, /^127\.0\.0\.1:9: nobody answers/],
    ['nothing', { syscall: 'connect' }, /^Nobody answers/],
  ])('that names %s says so', (_what, details, message) => {
    expect(explain(systemError('ECONNREFUSED', details)).message).toMatch(message);
  });

  test.each([
    ['EADDRINUSE', {}, 'Port 8080 on 127.0.0.1 is taken. Stop the program that has it, or choose another with PORT=….'],
    ['EADDRINUSE', { setting: 'KEYRACK_METRICS' }, 'choose another with KEYRACK_METRICS=….'],
    ['EADDRNOTAVAIL', {}, 'This computer has no address 127.0.0.1. Choose another with HOST=….'],
    ['EACCES', {}, 'This user may not listen on port 8080. Choose another with PORT=….'],
    ['EMFILE', {}, '127.0.0.1:8080: this program has too many files open.'],
  ])('of a port, %s %o, says which setting chose it', (code, details, message) => {
    const listening = { syscall: 'listen', address: '127.0.0.1', port: 8080 };
    expect(explain(systemError(code, { ...listening, ...details })).message).toContain(message);
  });

  test('whose code nobody has heard of has no stack either', () => {
    const { message } = explain(systemError('EWEIRD', { syscall: 'open', path: '/typed' }));
    expect(message).toBe('/typed: the system refused it (EWEIRD: as Node says it).');
  });
});

test('what is written for people is told as it is, with the exit code of its kind', () => {
  expect(explain(new CommandFailure('It failed.'))).toEqual({ message: 'It failed.', code: 1 });
  expect(explain(usageError('Not so.'))).toEqual({ message: 'Not so.', code: 2 });
});

test('a bug shows where it is', () => {
  expect(explain(new TypeError('undefined is no function')).message).toMatch(/\n +at /);
});
