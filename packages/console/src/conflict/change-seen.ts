import { isProblem } from '@keyrack/sdk';

/** Somebody else changed the same since it was seen. Nothing was written. */
export class ChangedMeanwhile<Thing> extends Error {
  override readonly name = 'ChangedMeanwhile';
  readonly now: Thing;

  constructor(now: Thing) {
    super('changed meanwhile');
    this.now = now;
  }
}

/** Tries of one change, where others go on changing other fields of the same thing. */
const TRIES = 4;

/**
 * Changes a thing as somebody saw it: where somebody else changed what they saw, nothing is written and `ChangedMeanwhile` tells how it
 * is now. What `isSeen` doesn't look at may have changed, and stays as it is.
 */
export async function changeSeen<Thing extends object>(of: {
  get(): Promise<Thing>;
  isSeen(now: Thing): boolean;
  change(known: Thing): Promise<Thing>;
}): Promise<Thing> {
  for (let tried = 1; ; tried += 1) {
    const known = await of.get();
    if (!of.isSeen(known)) throw new ChangedMeanwhile(known);
    try {
      return await of.change(known);
    } catch (error) {
      if (tried === TRIES || !isProblem(error, 'changed-meanwhile')) throw error;
    }
  }
}

/** Whether these fields of a thing are what was seen. */
export function isAsSeen<Thing extends object>(now: Thing, seen: Thing, fields: readonly (keyof Thing)[]): boolean {
  return fields.every((field) => JSON.stringify(now[field]) === JSON.stringify(seen[field]));
}

/** How a thing is now, where somebody else changed it meanwhile; null for any other reason, or none. */
export function theirsOf<Thing>(error: unknown): Thing | null {
  return error instanceof ChangedMeanwhile ? (error.now as Thing) : null;
}
