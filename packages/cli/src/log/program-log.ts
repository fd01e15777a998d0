import { type Logger, pino } from 'pino';
import { type LineTarget, lineSink } from './line-sink.ts';
import { descriptorTarget } from './log-file.ts';

/** A pino logger that never throws, whatever becomes of the place that its lines go to. */
export interface ProgramLog {
  readonly log: Logger;
  /** Writes what still waits. */
  close(): void;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

const WARN = pino.levels.values.warn as number;

/** @param onFailure called when the first line is lost, and again only after one got through */
export function programLog(
  target: LineTarget & { close?(): void },
  { level = 'info', onFailure }: { readonly level?: LogLevel; readonly onFailure?: (error: Error) => void } = {},
): ProgramLog {
  const sink = lineSink(target, { lossLine, ...(onFailure && { onFailure }) });
  // What tells why a process ends at once is often its last line.
  process.once('exit', sink.flush);
  return {
    log: pino({ level }, sink),
    close() {
      process.off('exit', sink.flush);
      sink.flush();
      target.close?.();
    },
  };
}

/** Standard error, for a supervisor that keeps logs itself. */
export function standardErrorLog(level: LogLevel = 'info'): ProgramLog {
  return programLog(descriptorTarget(2), { level });
}

function lossLine(lines: number, why: string): string {
  const { pid } = process;
  return `${JSON.stringify({ level: WARN, time: Date.now(), pid, lines, why, msg: 'log lines were lost' })}\n`;
}
