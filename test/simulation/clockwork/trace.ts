import { createHash, type Hash } from 'node:crypto';

/** Which part of the world a line is about. */
export type Part = string;

export interface TraceLine {
  readonly at: number;
  readonly part: Part;
  readonly text: string;
}

/** What happened, in order. Making the lines costs time, so it is only done where somebody wants them. */
export interface Trace {
  readonly on: boolean;
  say(part: Part, text: string): void;
  /** A digest of every line so far. */
  digest(): string;
  lines(): readonly TraceLine[];
}

export const NO_TRACE: Trace = { on: false, say: () => {}, digest: () => '', lines: () => [] };

export function createTrace(now: () => number): Trace {
  const lines: TraceLine[] = [];
  const hash: Hash = createHash('sha256');
  return {
    on: true,
    say(part, text) {
      lines.push({ at: now(), part, text });
      hash.update(`${now()} ${part} ${text}\n`);
    },
    digest: () => hash.copy().digest('hex'),
    lines: () => lines,
  };
}
