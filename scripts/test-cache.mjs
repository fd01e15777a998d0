import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { NotReady } from './node-runtime.mjs';
import { runChild } from './run-child.mjs';

/** What tests in other systems need, outside of any checkout. */
const CACHE = process.env.KEYRACK_TEST_CACHE ?? '/var/cache/keyrack-tests';
/** What no run has used for so long is removed. Milliseconds. */
const KEPT_MS = 14 * 24 * 3_600_000;

/** Makes a Debian in a folder. apt checks each package against the archive's signed list. */
export async function debianIn(folder, suite, packages) {
  const args = ['--variant=minbase', `--include=${packages.join()}`, suite, folder];
  const { code, output } = await runChild('mmdebstrap', args, { capture: true });
  if (code !== 0) throw new NotReady(`mmdebstrap ended with code ${code}:\n${output}`);
}

/**
 * A folder that some tests need, made where it isn't there yet. Only whole folders have their names; what dies leaves none.
 * @param what is told while it is made
 */
export async function cached(name, what, make) {
  const folder = join(CACHE, name);
  mkdirSync(CACHE, { recursive: true });
  removeOld(name);
  if (!existsSync(folder)) {
    process.stdout.write(`Making ${what} in ${CACHE} …\n`);
    const unfinished = `${folder}.${process.pid}.unfinished`;
    try {
      await make(unfinished);
      renameSync(unfinished, folder);
    } catch (error) {
      // Another run may have been faster.
      if (!existsSync(folder)) throw error;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  utimesSync(folder, new Date(), new Date());
  return folder;
}

function removeOld(used) {
  for (const name of readdirSync(CACHE)) {
    const folder = join(CACHE, name);
    // When it was made or used here: what is in it may bear any time, and an unfinished one the times of its packages.
    if (name !== used && statSync(folder).ctimeMs < Date.now() - KEPT_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}

export function hashOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
