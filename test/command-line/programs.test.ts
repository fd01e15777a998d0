import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as faults from '../faults/command-line.ts';
import * as fuzz from '../fuzz/command-line.ts';
import * as soak from '../soak/command-line.ts';
import { CommandLineError } from './read-arguments.ts';

const words = (line: string) => line.split(' ').filter(Boolean);

describe('npm run faults', () => {
  const all = new Set(Object.keys(faults.FAULTS));
  test('takes minutes, a seed, a number of desks and faults', () => {
    expect(faults.readCommandLine(words('--minutes 0.5 --seed 7 --desks 2 --only kills,clock'))).toEqual({
      minutes: 0.5,
      seed: 7,
      desks: 2,
      only: new Set(['kills', 'clock']),
    });
  });
  test('runs for two minutes with three desks, all faults and a seed of its own unless told', () => {
    expect(faults.readCommandLine([])).toEqual({ minutes: 2, seed: expect.any(Number), desks: 3, only: all });
  });
  test('tells every fault that there is', () => {
    for (const name of all) expect(faults.USAGE).toContain(name);
  });
  test.each([
    ['--minutes 0', '--minutes takes minutes above 0, such as 30 or 0.5, not "0".'],
    ['--minutes -3', "Option '--minutes' argument is ambiguous"],
    ['--minutes soon', '--minutes takes minutes above 0, such as 30 or 0.5, not "soon".'],
    ['--seed 0', '--seed takes a whole number from 1 on, not "0".'],
    ['--desks 10', '--desks takes 1 to 9, not 10.'],
    ['--only floods', '--only takes some of kills, lines, freezes,'],
    ['--only kills,', 'not "".'],
    ['30', "Unexpected argument '30'"],
  ])('refuses "%s" and says why', (line, reason) => refuses(faults.readCommandLine, line, reason));
});

describe('npm run fuzz', () => {
  test('feeds a million inputs with a seed of its own unless told', () => {
    expect(fuzz.readCommandLine([])).toEqual({ inputs: 1_000_000, seed: expect.any(Number), only: '', patience: 1 });
  });
  test('takes a number of inputs, a seed, a part of a name and a patience', () => {
    expect(fuzz.readCommandLine(words('--inputs 50 --seed 9 --only web --patience 3'))).toEqual({
      inputs: 50,
      seed: 9,
      only: 'web',
      patience: 3,
    });
  });
  test.each([
    ['--inputs 1e6', '--inputs takes a whole number from 1 on, not "1e6".'],
    ['--only doors', '--only takes a part of one of these names: forms, agent messages,'],
    ['--minutes 1', "Unknown option '--minutes'"],
  ])('refuses "%s" and says why', (line, reason) => refuses(fuzz.readCommandLine, line, reason));
});

describe('npm run soak', () => {
  test('takes minutes and a file for the plot', () => {
    expect(soak.readCommandLine(words('--minutes 60 --plot docs/soak.svg'))).toEqual({
      minutes: 60,
      plot: 'docs/soak.svg',
    });
  });
  test.each([
    ['--minutes', "Option '--minutes <value>' argument missing"],
    ['--plot', "Option '--plot <value>' argument missing"],
  ])('refuses "%s" and says why', (line, reason) => refuses(soak.readCommandLine, line, reason));
});

describe.each(['faults', 'fuzz', 'soak'])('%s', (name) => {
  const program = fileURLToPath(new URL(`../${name}/run.ts`, import.meta.url));

  test('says how it is used, and exits with 0', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, '--help']);
    expect(stdout).toContain(`npm run ${name} -- [--`);
  });

  test('exits with 2, and says what is wrong and how it is used', async () => {
    const failed = await promisify(execFile)(process.execPath, [program, '--speed', '9']).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^Unknown option '--speed'[\\s\\S]*npm run ${name} -- \\[--`)),
    });
  });
});

function refuses(read: (args: readonly string[]) => unknown, line: string, reason: string): void {
  expect(() => read(words(line))).toThrow(CommandLineError);
  expect(() => read(words(line))).toThrow(reason);
}
