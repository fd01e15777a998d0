import { expect, test } from 'vitest';
import { runToEnd } from './run-to-end.ts';

/** FAULT_MINUTES; two in CI unless told, and a short run on a developer's machine. */
const minutes = Number(process.env.FAULT_MINUTES ?? (process.env.CI ? 2 : 0.4));
/** What a run takes beside its faults: to start, to have each fault once, to settle, to compare. */
const ASIDE_MS = 300_000;

test(
  'whatever is killed, cut off, full or wrong, no outcome is lost, nothing disagrees, and all works again by itself',
  async () => {
    const { code, output, lastLine } = await runToEnd(new URL('./run.ts', import.meta.url), [
      '--minutes',
      String(minutes),
    ]);
    expect(lastLine, output).toMatch(
      /^held: kills [1-9]\d*, episodes [1-9]\d*, operations [1-9]\d*, lost 0, contradictions 0, stuck 0, late 0, ended 0; /,
    );
    expect(code, output).toBe(0);
  },
  minutes * 60_000 + ASIDE_MS,
);
