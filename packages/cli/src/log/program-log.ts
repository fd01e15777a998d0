import { type DestinationStream, type Logger, pino } from 'pino';
import { type GatheredLines, gatherLines } from './gathered-lines.ts';
import { type LineSink, type LineTarget, lineSink } from './line-sink.ts';
import { descriptorTarget } from './log-file.ts';

/** A pino logger that never throws, whatever becomes of the place that its lines go to. */
export interface ProgramLog {
  readonly log: Logger;
  /** Writes what still waits. */
  close(): void;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

const WARN = pino.levels.values.warn as number;

export interface ProgramLogOptions {
  readonly level?: LogLevel;
  /** Writes lines below `warn` together, at the end of their turn: for a server, which has many. */
  readonly gathers?: boolean;
  /** Called when the first line is lost, and again only after one got through. */
  readonly onFailure?: (error: Error) => void;
}

export function programLog(
  target: LineTarget & { close?(): void },
  { level = 'info', gathers = false, onFailure }: ProgramLogOptions = {},
): ProgramLog {
  const sink = lineSink(target, { lossLine, ...(onFailure && { onFailure }) });
  const gathered = gatherLines(sink.write);
  const flush = () => {
    gathered.flush();
    sink.flush();
  };
  // The last line often says why a process ends, so it must be written before the exit.
  process.once('exit', flush);
  return {
    log: pino({ level }, gathers ? byLevel(gathered, sink) : sink),
    close() {
      process.off('exit', flush);
      flush();
      target.close?.();
    },
  };
}

/** Lines that somebody may look for after a crash are written before the program goes on. */
function byLevel(gathered: GatheredLines, sink: LineSink): DestinationStream {
  const stream = {
    // pino says the level of each line where it is asked to.
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string) {
      if (stream.lastLevel < WARN) return gathered.add(line);
      gathered.flush();
      sink.write(line);
    },
  };
  return stream;
}

/** Standard error, for a supervisor that keeps logs itself. */
export function standardErrorLog(level: LogLevel = 'info', gathers = false): ProgramLog {
  return programLog(descriptorTarget(2), { level, gathers });
}

function lossLine(lines: number, why: string): string {
  const { pid } = process;
  return `${JSON.stringify({ level: WARN, time: Date.now(), pid, lines, why, msg: 'log lines were lost' })}\n`;
}
