import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { keyrackProgram } from './program.ts';

test('the help of each command says which options it takes no less than', async () => {
  const required = allOf(await keyrackProgram({ env: {}, out() {}, say() {}, err() {} })).flatMap((command) =>
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
