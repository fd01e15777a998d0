import { expect, test } from 'vitest';
import { unfailingLog } from './unfailing-log.ts';

test('a log that fails throws into nothing, and tells how many lines were lost once it works', () => {
  const lines: [string, object, string][] = [];
  let full = false;
  const at = (level: string) => (fields: object, message: string) => {
    if (full) throw new Error('the disk is full');
    lines.push([level, fields, message]);
  };
  const log = unfailingLog({ info: at('info'), warn: at('warn'), error: at('error') }, ['info', 'error']);
  log.info({ n: 1 }, 'a line');
  full = true;
  for (let n = 0; n < 3; n += 1) log.error({ n }, 'lost');
  full = false;
  log.error({ n: 2 }, 'another');
  log.info({ n: 3 }, 'one more');
  expect(lines).toEqual([
    ['info', { n: 1 }, 'a line'],
    ['warn', { lines: 3 }, 'log lines were lost'],
    ['error', { n: 2 }, 'another'],
    ['info', { n: 3 }, 'one more'],
  ]);
});
