/** Where the agent's chance comes from. Passed in, so that every run of a seed is the same under simulation. */
export interface Randomness {
  /** A UUID in lower case that nobody has made before. */
  uuid(): string;
  /** At least 0 and less than 1. Decides nothing but waits. */
  fraction(): number;
}
