import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CommandLineError } from '../command-line/read-arguments.ts';
import { readCommandLine } from './command-line.ts';

const SIMULATE = fileURLToPath(new URL('./simulate.ts', import.meta.url));
const MUTANTS = ['no-window', 'nonce-unchecked'];

async function simulate(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [SIMULATE, ...args]);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

describe('the command line of the simulation', () => {
  it.each([
    ['', { do: 'run seeds', from: 1, seeds: 1_000 }],
    ['--seeds 20 --from 7', { do: 'run seeds', from: 7, seeds: 20 }],
    ['--seed 99', { do: 'replay', seed: 99 }],
    ['--mutants', { do: 'run mutants', names: [], record: false }],
    ['--mutants no-window --record', { do: 'run mutants', names: ['no-window'], record: true }],
    ['--help', { do: 'help' }],
  ])('understands "%s"', (line, command) => {
    expect(readCommandLine(line.split(' ').filter(Boolean), MUTANTS)).toEqual(command);
  });

  it.each([
    ['--seeds many', '--seeds takes a whole number from 1 on, not "many".'],
    ['--seeds 0', '--seeds takes a whole number from 1 on, not "0".'],
    ['--seed 1.5', '--seed takes a whole number from 1 on, not "1.5".'],
    ['--seed 1 --seeds 2', '--seed replays one seed: leave --seeds and --from out.'],
    ['--mutants --seeds 5', '--mutants takes names of mutants, and no seeds.'],
    ['--mutants no-doors', 'no such mutant: no-doors. There are: no-window, nonce-unchecked.'],
    ['no-window', 'what is no-window? Names of mutants go with --mutants.'],
    ['--record', '--record goes with --mutants.'],
    ['--speed 9', "Unknown option '--speed'"],
  ])('refuses "%s" and says why', (line, message) => {
    const read = () => readCommandLine(line.split(' '), MUTANTS);
    expect(read).toThrow(CommandLineError);
    expect(read).toThrow(message);
  });

  it('exits with 2 and shows how it is used when it is not understood', async () => {
    const { code, out, err } = await simulate('--seeds', '-3');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('npm run simulate -- [--seeds N] [--from S]');
  });

  it('ends with one line of totals', async () => {
    const { code, out } = await simulate('--seeds', '60', '--from', '5');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^seeds 60, steps \d{4,}, violations 0$/);
  });
});
