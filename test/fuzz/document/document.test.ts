import { ENDPOINTS } from '@keyrack/server/rest/endpoints.ts';
import { expect, test } from 'vitest';
import { runToEnd } from '../../faults/run-to-end.ts';

/** Each endpoint is drawn 170 times, and those that were not done by then are aimed at. */
const REQUESTS = 25_000;

test('no request that is made from the document, valid or not, is answered with 5xx or otherwise than it says, or stays', async () => {
  const { code, output, lastLine } = await runToEnd(new URL('./run.ts', import.meta.url), [
    '--requests',
    String(REQUESTS),
  ]);
  expect(lastLine, output).toMatch(
    new RegExp(
      `^held: requests ${REQUESTS}, crashes 0, 5xx 0, deaths 0; endpoints ${ENDPOINTS.length}, never done none; `,
    ),
  );
  expect(code).toBe(0);
});
