import { KeyrackUnreachable } from '@keyrack/sdk';

/** How browsers begin what they say of a file that isn't there. The router loads the page anew by it, once for each file. */
const GONE = 'Failed to fetch dynamically imported module';

/**
 * Loads code of this console that isn't there from the start. Where a newer console has taken its place, its files are gone, also
 * those of its looks: the page is to be loaded anew. Where nobody answers, a page that was loaded anew would be none at all.
 */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(await isServerThere()))
      throw new KeyrackUnreachable('The server does not answer; the page comes as soon as it does.', {
        reason: 'connection',
        mayBeDone: false,
        cause,
      });
    throw new Error(`${GONE}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

export function isCodeGone(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(GONE);
}

export async function isServerThere(): Promise<boolean> {
  try {
    return (await fetch('/v1/set-up', { cache: 'no-store', signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false;
  }
}
