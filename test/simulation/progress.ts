/** How often a line of progress appears. Milliseconds. */
const EVERY_MS = 5_000;

/** Tells on the error output how far a long run is, every few seconds. */
export function createProgress(what: string, all: number): (done: number, violations: number) => void {
  const startedAt = performance.now();
  let toldAt = startedAt;
  return (done, violations) => {
    const now = performance.now();
    if (now - toldAt < EVERY_MS) return;
    toldAt = now;
    const seconds = (now - startedAt) / 1_000;
    const left = Math.ceil(((all - done) * seconds) / done);
    process.stderr.write(
      `${what}: ${done} of ${all} seeds, ${violations} violations, ${Math.round(done / seconds)} seeds a second, ` +
        `at most ${left} s left\n`,
    );
  };
}
