import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { StoreOpenError } from '../store-open-error.ts';
import { explainOpenError } from './open-error.ts';

describe('why a database cannot be opened', () => {
  it.each([
    ['SQLITE_READONLY_DIRECTORY', 'not writable'],
    ['EACCES', 'this user has no right to it'],
    ['ENOSPC', 'the disk is full'],
    ['EMFILE', 'too many files open'],
    ['SQLITE_NOTADB', 'not a Keyrack database'],
    ['SQLITE_CORRUPT_INDEX', 'restore a backup'],
    ['SQLITE_FULL', 'Make space'],
    ['SQLITE_BUSY_RECOVERY', 'another program'],
    ['SQLITE_CANTOPEN', 'Check that its folder exists'],
    ['SQLITE_IOERR_READ', '(what SQLite said)'],
  ])('is explained for %s', (code, hint) => {
    const error = explainOpenError('/data/keyrack.db', new Database.SqliteError('what SQLite said', code));
    expect(error).toBeInstanceOf(StoreOpenError);
    expect(error.message).toMatch(/^\/data\/keyrack\.db: /);
    expect(error.message).toContain(hint);
  });
});
