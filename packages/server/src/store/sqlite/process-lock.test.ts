import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { lockForProcess } from './process-lock.ts';

it('stays locked when the garbage is collected and nobody has kept the lock', async () => {
  const file = join(scratchFolder(), 'keyrack.db');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  (() => void lockForProcess(file))();
  for (let i = 0; i < 3; i += 1) {
    collect();
    // Finalizers run when the turn is over.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(() => lockForProcess(file)).toThrow('another Keyrack server is serving this database');
});
