import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rotatedFile } from './log-file.ts';
import { programLog } from './program-log.ts';

let folder: string;
let file: string;
const troubles: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyrack-log-'));
  file = join(folder, 'agent.log');
  troubles.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (rotation?: { megabytes: number; files: number }) =>
  programLog(rotatedFile(file, rotation), { onFailure: ({ message }) => void troubles.push(message) });
const numbersIn = (name: string): number[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).number);

test('a log goes on where it was, and its last line is there when the agent has stopped', () => {
  for (const number of [1, 2]) {
    const { log, close } = open();
    log.info({ number }, 'started');
    close();
  }
  expect(numbersIn('agent.log')).toEqual([1, 2]);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
});

test('a large log is set aside, and of those set aside the oldest goes', () => {
  const rotation = { megabytes: 4 / 1024, files: 2 };
  for (let run = 0; run < 10; run += 1) {
    const { log, close } = open(rotation);
    for (let number = 0; number < 20; number += 1)
      log.info({ number: run * 20 + number, text: 'x'.repeat(200) }, 'step');
    close();
  }
  expect(readdirSync(folder).sort()).toEqual(['agent.log', 'agent.log.1', 'agent.log.2']);
  const kept = ['agent.log.2', 'agent.log.1', 'agent.log'].flatMap(numbersIn);
  expect(kept.at(-1)).toBe(199);
  expect(kept, 'nothing is missing in between').toEqual(kept.map((_, at) => (kept[0] ?? 0) + at));
  expect(troubles).toEqual([]);
});

test('a log that can’t be written is told of once, stops nothing, and says what is missing once it can', () => {
  mkdirSync(file);
  const { log, close } = open();
  log.info({}, 'started');
  log.info({}, 'going on');
  // Linux says EISDIR; Windows may say otherwise, and Wine does.
  const code = /EISDIR|EPERM|EBADF/;
  expect(troubles).toEqual([expect.stringMatching(code)]);
  rmSync(file, { recursive: true });
  log.info({ number: 3 }, 'written');
  close();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'log lines were lost', lines: 2, why: expect.stringMatching(code) },
    { msg: 'written', number: 3 },
  ]);
});
