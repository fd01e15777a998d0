import { constants, enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Where Node keeps what it compiled of this checkout, so that the next start takes it from there. It lies beside the code
 * itself: whoever can write there could change the code as well. Node's own choice is a folder for temporary files, where
 * another user may come first, and what lies there is run.
 */
export const COMPILE_CACHE = fileURLToPath(new URL('../../../node_modules/.cache/keyrack-compiled', import.meta.url));

/**
 * Makes this process, its threads and the programs that it starts use the cache. A checkout that this user can't write to
 * has none: everything works the same then, and starts as slowly as it did.
 */
export function useCompileCache(folder = COMPILE_CACHE): void {
  const { status } = enableCompileCache(folder);
  if (status === constants.compileCacheStatus.ENABLED) process.env.NODE_COMPILE_CACHE = folder;
}
