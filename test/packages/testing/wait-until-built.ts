import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { until } from '../../world/until.ts';
import { ENDED } from './build-once.ts';

/** On a machine that is ten times as slow. Milliseconds. */
const LONGEST_BUILD_MS = 900_000;

const ended = join(inject('packages'), ENDED);
await until('the packages are built', () => existsSync(ended) && readFileSync(ended, 'utf8') !== '', LONGEST_BUILD_MS);
const code = readFileSync(ended, 'utf8');
if (code !== '0')
  throw new Error(`The packages could not be built: their program ended with ${code}. See its error above.`);
