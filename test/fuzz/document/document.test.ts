import { ENDPOINTS } from '@keyrack/server/rest/endpoints.ts';
import { expect, test } from 'vitest';
import { runToEnd } from '../../faults/run-to-end.ts';

const REQUESTS = 50_000;

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
