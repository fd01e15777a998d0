import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CommandLineError } from '../test/command-line/read-arguments.ts';
import { PROGRAMS, readCommandLine, USAGE } from './command-line.ts';
import { BENCHES } from './figures.ts';
import { THIS_CHECKOUT } from './parts/keyrack-server.ts';
import { BENCH_DATA } from './parts/run-folder.ts';

const words = (line: string) => line.split(' ').filter(Boolean);

describe('npm run bench', () => {
  test('measures everything of this checkout, and writes it down', () => {
    expect(readCommandLine([])).toEqual({
      do: 'measure',
      benches: BENCHES,
      quick: false,
      full: false,
      servers: [THIS_CHECKOUT],
      folder: BENCH_DATA,
      profiles: null,
      save: true,
    });
  });

  test('measures one by its name, and writes it down only when told', () => {
    expect(readCommandLine(words('road --quick'))).toMatchObject({ benches: ['road'], quick: true, save: false });
    expect(readCommandLine(words('lone --save'))).toMatchObject({ benches: ['lone'], quick: false, save: true });
  });

  test('measures 5 million cards with growth, or with everything', () => {
    for (const line of ['growth --full', '--full']) expect(readCommandLine(words(line))).toMatchObject({ full: true });
  });

  test('takes several servers, in turns', () => {
    expect(readCommandLine(words(`road --server ${THIS_CHECKOUT} --server .`))).toMatchObject({
      servers: [THIS_CHECKOUT, process.cwd()],
    });
  });

  test('prepares the data of growth', () => {
    expect(readCommandLine(words('growth --prepare --full'))).toEqual({
      do: 'prepare',
      full: true,
      servers: [THIS_CHECKOUT],
      folder: BENCH_DATA,
    });
  });

  test('hands a program all that stands behind its name', () => {
    expect(readCommandLine(['card-readers', 'ACS ACR122U'])).toEqual({
      do: 'run',
      program: 'card-readers',
      args: ['ACS ACR122U'],
    });
    expect(readCommandLine(['store-commit', '3', tmpdir()])).toMatchObject({ args: ['3', tmpdir()] });
  });

  test('tells every name that there is', () => {
    for (const line of ['--help', 'road --help', 'store-commit --help'])
      expect(readCommandLine(words(line)), line).toBe('help');
    for (const name of [...BENCHES, ...PROGRAMS]) expect(USAGE).toContain(name);
  });

  test.each([
    ['raod', 'There is no "raod". There are road, lone, growth, agents, console, card-readers,'],
    ['road lone', 'One NAME at a time, or none for all; not "road lone".'],
    ['--quick', '--quick takes one NAME: road, lone, growth, agents, console.'],
    ['road --quick --save', 'What --quick finds is not saved.'],
    ['road --prepare', '--prepare belongs to growth'],
    ['--prepare', '--prepare belongs to growth'],
    ['road --full', '--full belongs to growth, or to all'],
    ['growth --quick --full', '--full takes minutes, and --quick is within 50 seconds.'],
    ['growth --prepare --quick', '--prepare measures nothing.'],
    ['growth --prepare --save', '--prepare measures nothing.'],
    ['growth --prepare --profile profiles', '--prepare measures nothing.'],
    ['road --folder', "Option '--folder <value>' argument missing"],
    ['road --folder=', '--folder takes the path of a folder.'],
    [`road --folder ${import.meta.filename}`, '--folder takes the path of a folder, and'],
    [`road --profile ${import.meta.filename}`, '--profile takes the path of a folder, and'],
    ['road --server', "Option '--server <value>' argument missing"],
    ['road --quick=yes', "Option '--quick' does not take an argument"],
    ['card-readers ACR122 --fast', '"--fast" is not what it takes: npm run bench -- card-readers [reader]'],
    ['command-start often', '"often" is not what it takes: npm run bench -- command-start'],
    ['password-flood often', 'rounds takes a whole number from 1 on, not "often".'],
    ['store-commit 0', 'rounds takes a whole number from 1 on, not "0".'],
    ['store-commit 3 /no/folder', 'There is no folder /no/folder.'],
    ['store-reads --quick', '"--quick" is not what it takes: npm run bench -- store-reads'],
    ['road --fast', "Unknown option '--fast'"],
    [`road --server ${mkdtempSync(join(tmpdir(), 'no-keyrack-'))}`, '--server takes the folder of a Keyrack checkout'],
  ])('refuses "%s" and says what there is', (line, reason) => {
    expect(() => readCommandLine(words(line))).toThrow(CommandLineError);
    expect(() => readCommandLine(words(line))).toThrow(reason);
  });
});
