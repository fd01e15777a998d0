import { expect, test } from 'vitest';
import { runToEnd } from '../faults/run-to-end.ts';

const INPUTS = 50_000;

test('nothing that strangers can send crashes the server, is answered with 5xx or slows it down', async () => {
  const { code, output, lastLine } = await runToEnd(new URL('./run.ts', import.meta.url), ['--inputs', String(INPUTS)]);
  expect(lastLine, output).toBe(`inputs ${INPUTS}, crashes 0, 5xx 0, slow 0`);
  expect(code).toBe(0);
}, 300_000);
