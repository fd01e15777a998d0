import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { until } from '../world/until.ts';

/** Real programs whose start fails, or waits for what doesn't come: they end, and say why in a sentence. */

const AGENT = '01900000-0000-7000-8000-00000000000a';
/** An agent that has all that it needs, and a server where nobody answers. */
const agentArgs = (data: string) => {
  writeFileSync(join(data, 'token'), 'A'.repeat(43), { mode: 0o600 });
  const encoder = ['--sim-encoder', '7C778A6C7D9C', '--page-port', 'off'];
  return [
    'agent',
    '--data',
    data,
    '--server',
    'ws://127.0.0.1:9/agent',
    '--id',
    AGENT,
    '--token-file',
    join(data, 'token'),
    ...encoder,
  ];
};
const PROGRAMS = {
  serve: () => ['serve'],
  demo: () => ['demo'],
  agent: agentArgs,
};
const run = (program: keyof typeof PROGRAMS, data: string) =>
  keyrack(PROGRAMS[program](data), { PORT: '0', PAGE_PORT: 'off', KEYRACK_METRICS: 'none', KEYRACK_DATA: data });

test.each([
  ['serve', 'server.json', /server\.json/],
  ['demo', 'server.json', /server\.json/],
  ['agent', 'sim-control.json', /sim-control\.json/],
] as const)('%s whose last step fails, at %s, ends with 1 and one sentence', async (program, file, why) => {
  const data = keyrackFolder();
  mkdirSync(join(data, file, 'occupied'), { recursive: true });
  const { code, out, err } = await run(program, data).ended;
  expect({ code, out }).toEqual({ code: 1, out: '' });
  // Log lines, and the sentence behind them.
  const said = err.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  expect(said).toEqual([expect.stringMatching(why)]);
});

test.each([
  ['serve', 'master.key'],
  ['demo', 'master.key'],
  ['agent', 'journal/standing.json'],
] as const)(
  '%s ends at SIGTERM while its start waits, here for %s',
  async (program, file) => {
    const data = keyrackFolder();
    const pipe = join(data, file);
    mkdirSync(dirname(pipe), { recursive: true });
    // Whoever reads it waits until somebody writes into it, which nobody will.
    execFileSync('mkfifo', [pipe]);
    const running = run(program, data);
    const writer = await until('it reads there', () => openedByReader(pipe));
    onTestFinished(() => closeSync(writer));
    running.child.kill('SIGTERM');
    expect((await running.ended).out).toBe('');
  },
  30_000,
);

/** The other end of a pipe that somebody reads; null while nobody does. */
function openedByReader(pipe: string): number | null {
  try {
    return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
}
