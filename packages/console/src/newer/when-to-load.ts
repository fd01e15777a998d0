/** What somebody is at on a page. */
export interface AtWork {
  /** Fields that somebody has written into since the page was opened, and that still hold something. */
  readonly written: number;
  /** Changes on their way to the server. */
  readonly underWay: number;
  /** Whether something is followed or shown that mustn't go: see `useHeldPage`. */
  readonly isHeld: boolean;
  /** Milliseconds since anybody pressed, typed or pointed. */
  readonly idleMs: number;
}

/** Milliseconds without a hand at it, after which nobody is in the middle of something. */
export const IDLE_MS = 15_000;

/** Whether the page may be loaded anew by itself. */
export function mayLoadAnew({ written, underWay, isHeld, idleMs }: AtWork): boolean {
  return written === 0 && underWay === 0 && !isHeld && idleMs >= IDLE_MS;
}

/** Whether somebody leaves all that they were at: then the next page may come from the newer console. */
export function leavesPage(from: string, to: string, { underWay }: Pick<AtWork, 'underWay'>): boolean {
  return underWay === 0 && placeOf(from) !== placeOf(to);
}

/** Below its first word, a page goes on: a room's panel beside the key rack. */
const placeOf = (path: string) => path.split('/')[1] ?? '';
