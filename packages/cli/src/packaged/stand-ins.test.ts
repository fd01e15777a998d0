import { expect, test } from 'vitest';
import type * as checkoutCache from '../compile-cache.ts';
import * as checkoutConsole from '../console-build.ts';
import * as cache from './compile-cache.ts';
import * as builtConsole from './console-build.ts';

/** Types are compared by the compiler: the bundler puts one for the other without looking. */

test('what stands for the console of a checkout offers the same', () => {
  builtConsole satisfies typeof checkoutConsole;
  expect(Object.keys(builtConsole).sort()).toEqual(Object.keys(checkoutConsole).sort());
});

test('what stands for the cache of a checkout offers what programs call', () => {
  cache satisfies Pick<typeof checkoutCache, 'useCompileCache'>;
  expect(Object.keys(cache)).toEqual(['useCompileCache']);
});
