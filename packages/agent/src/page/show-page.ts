import { type PageParts, type RunningPage, startPage } from './page-server.ts';

/** Whether the page is there, and else what is wrong with its port. */
export type PageStart = (RunningPage & { readonly shown: true }) | NoPage;

export interface NoPage {
  readonly shown: false;
  readonly port: number;
  /** Another program listens there, or this user may not. */
  readonly why: 'taken' | 'forbidden';
}

/**
 * Starts the page where its port can be had. Without it the agent works all the same: cards matter more than the page.
 */
export async function showPage(parts: PageParts): Promise<PageStart> {
  const { port, log } = parts;
  try {
    return { ...(await startPage(parts)), shown: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EADDRINUSE' ? 'taken' : 'forbidden';
    log.error({ port, why }, 'the page is not there');
    return { shown: false, port, why };
  }
}
