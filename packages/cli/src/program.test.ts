import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { COMMANDS } from './commands.ts';
import { keyrackProgram } from './program.ts';

test('the help of each command says which options it takes no less than', async () => {
  const required = allOf(await keyrackProgram({ env: {}, out() {}, say() {}, err() {} }, COMMANDS)).flatMap((command) =>
    command.options.filter(({ mandatory }) => mandatory).map((option) => ({ command, option })),
  );
  expect(required.map(({ command, option }) => `${command.name()} ${option.long}`)).toContain('records --from');
  for (const { command, option } of required) {
    const help = command.helpInformation().replace(/\s+/g, ' ');
    const [, after = ''] = help.split(` ${option.flags} `);
    expect.soft(`${command.name()} ${option.flags} ${after.split(' --')[0]}`).toMatch(/\(required\)( -h,)?$/);
  }
});

function allOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

/** What an option takes is measured or counted in these. */
const MEASURES = /^<(?:rows|events|seconds|days|time|copies|file)>$/;

test('the help of each command says what everything is, in which unit, and what holds where it is left out', async () => {
  const commands = allOf(await keyrackProgram({ env: {}, out() {}, say() {}, err() {} }, COMMANDS));
  const administers = commands.filter(({ options }) =>
    ['--json', '--data'].every((wanted) => options.some(({ long }) => long === wanted)),
  );
  expect(administers.length).toBeGreaterThan(90);
  for (const command of commands) {
    expect.soft([command.name(), command.description()]).toEqual([command.name(), expect.stringMatching(/\w{3}/)]);
    for (const { description, name } of command.registeredArguments.map((each) => ({ ...each, name: each.name() })))
      expect.soft([command.name(), name, description]).toEqual([command.name(), name, expect.stringMatching(/\w{3}/)]);
  }
  for (const command of administers)
    for (const { flags, description, mandatory, defaultValue, required } of command.options) {
      const what = `${command.parent?.name()} ${command.name()} ${flags}: ${description}`;
      expect.soft(description, what).toMatch(/\w{3}/);
      const [, takes = ''] = flags.split(/ (?=<)/);
      // A number or a time needs its unit in the place of what is typed.
      if (/\b(?:limit|seconds|days|from|until|expires)\b/.test(flags) && required)
        expect.soft(takes, what).toMatch(/^<(?!number)/);
      if (MEASURES.test(takes) && !mandatory && defaultValue === undefined)
        expect.soft(description, what).toMatch(/unless given|\bonly\b/);
    }
});
