import { expect, test } from 'vitest';
import { runToEnd } from '../faults/run-to-end.ts';

const INPUTS = 10_000;
/** Other tests run beside it: what is right is answered late, and still is. */
const PATIENCE = 6;

test('nothing that strangers can send ends a program, is answered with 5xx, slows it down or stays with it', async () => {
  const args = ['--inputs', String(INPUTS), '--patience', String(PATIENCE)];
  const { code, output, lastLine } = await runToEnd(new URL('./run.ts', import.meta.url), args);
  expect(lastLine, output).toMatch(new RegExp(`^held: inputs ${INPUTS}, crashes 0, 5xx 0, slow 0, kept 0, deaths 0; `));
  expect(code).toBe(0);
});
