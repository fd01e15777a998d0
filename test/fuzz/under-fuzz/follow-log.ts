import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** Reads a program's log as it is written. */
export interface LogFollower {
  /** Reads what came since the last call. */
  look(): void;
  /** How often each message was logged, by level: `warn connection failed`. */
  readonly counts: ReadonlyMap<string, number>;
  /** The last of what wasn't a line of JSON, such as the stack of an exception that nobody caught, since the last call. */
  takeTail(): string;
}

interface Line {
  readonly level?: unknown;
  readonly message?: unknown;
}

/** A file that has grown to this is emptied: who writes there appends. Bytes. */
const MOST_BYTES = 64 * 1024 * 1024;
const TAIL_LINES = 40;
/** Messages that are told apart. What comes beyond them shares one count. */
const MESSAGES = 200;

/** `onError` is told each line of level error or fatal. */
export function followLog(file: string, onError: (line: string) => void): LogFollower {
  const counts = new Map<string, number>();
  const chunk = Buffer.alloc(256 * 1024);
  let at = 0;
  let rest = '';
  let tail: string[] = [];

  const take = (text: string) => {
    let line: Line | null = null;
    try {
      line = JSON.parse(text) as Line;
    } catch {
      tail = [...tail, text].slice(-TAIL_LINES);
    }
    if (line === null) return;
    const key = `${line.level} ${line.message}`;
    const name = counts.has(key) || counts.size < MESSAGES ? key : 'others';
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (line.level === 'error' || line.level === 'fatal') onError(text);
  };
  return {
    counts,
    takeTail() {
      const text = tail.join('\n');
      tail = [];
      return text;
    },
    look() {
      const descriptor = openSync(file, 'r+');
      try {
        for (;;) {
          const bytes = readSync(descriptor, chunk, 0, chunk.length, at);
          if (bytes === 0) break;
          at += bytes;
          const lines = (rest + chunk.toString('utf8', 0, bytes)).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) if (line !== '') take(line);
        }
        if (fstatSync(descriptor).size <= MOST_BYTES) return;
        ftruncateSync(descriptor);
        at = 0;
      } finally {
        closeSync(descriptor);
      }
    },
  };
}
