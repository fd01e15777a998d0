/** Where the bytes of a log go. */
export interface LineTarget {
  /** Called before each line with its length, e.g. to begin a new file. May throw the system's error. */
  begin?(bytes: number): void;
  /** Writes as much as fits at once, and answers how many bytes that were. Throws the system's error. */
  write(bytes: Uint8Array): number;
}

export interface LineSink {
  /** Writes lines, each of which ends with its line break. Never throws: lines that can't be written are counted. */
  write(text: string, lines?: number): void;
  /** Writes what still waits, for a moment at most. */
  flush(): void;
}

export const SINK_LIMITS = {
  /** What may wait for a reader that is slow. More than that is lost. Bytes. */
  waitingBytes: 1024 * 1024,
  /** Until the next try where the reader takes nothing. Milliseconds. */
  retryMs: 20,
  /** How long `flush` waits for a slow reader. Milliseconds. */
  flushMs: 200,
} as const;

export interface SinkOptions {
  /** The line that says how many were lost, and why: written before the next one that gets through. */
  readonly lossLine: (lines: number, why: string) => string;
  /** Called when a line is lost, and again only after one got through. */
  readonly onFailure?: (error: NodeJS.ErrnoException) => void;
}

interface Waiting {
  bytes: Uint8Array;
  begun: boolean;
  /** Lines that are lost with it. */
  readonly lines: number;
}

/**
 * Writes lines one by one, each before the program goes on, and lives with whatever becomes of the target: a full disk,
 * a reader that is gone or slow. The program's work doesn't depend on its log.
 */
export function lineSink(target: LineTarget, { lossLine, onFailure }: SinkOptions): LineSink {
  let queue: Waiting[] = [];
  let queuedBytes = 0;
  let lost = 0;
  let why = '';
  /** A line was cut off in its middle, so that the next one must begin on a line of its own. */
  let torn = false;
  let failing = false;
  let retry: NodeJS.Timeout | null = null;

  /** Writes what waits. False when the reader takes no more for now. */
  function drain(): boolean {
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      try {
        if (!first.begun) target.begin?.(first.bytes.length);
        const written = target.write(first.bytes);
        first.begun ||= written > 0;
        first.bytes = first.bytes.subarray(written);
        queuedBytes -= written;
        if (first.bytes.length > 0) continue;
        queue.shift();
        if (queue.length === 0) failing = false;
      } catch (error) {
        const failure = error as NodeJS.ErrnoException;
        if (failure.code === 'EAGAIN') return false;
        giveUp(failure);
        return true;
      }
    }
    return true;
  }

  function giveUp(error: NodeJS.ErrnoException): void {
    torn ||= queue[0]?.begun === true;
    lost += queue.reduce((sum, { lines }) => sum + lines, 0);
    why = error.code ?? error.message;
    queue = [];
    queuedBytes = 0;
    if (!failing) onFailure?.(error);
    failing = true;
  }

  function add(text: string, lines: number): void {
    const bytes = Buffer.from(text);
    queue.push({ bytes, begun: false, lines });
    queuedBytes += bytes.length;
  }

  function drainLater(): void {
    if (retry !== null) return;
    retry = setTimeout(() => {
      retry = null;
      if (!drain()) drainLater();
    }, SINK_LIMITS.retryMs).unref();
  }

  return {
    write(text, lines = 1) {
      if (queuedBytes + text.length > SINK_LIMITS.waitingBytes) {
        lost += lines;
        why = 'nobody reads it';
      } else {
        if (lost > 0) {
          add(`${torn ? '\n' : ''}${lossLine(lost, why)}`, lost);
          lost = 0;
          torn = false;
        }
        add(text, lines);
      }
      if (!drain()) drainLater();
    },
    flush() {
      const until = performance.now() + SINK_LIMITS.flushMs;
      while (!drain() && performance.now() < until) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    },
  };
}
