import { type Logger, pino } from 'pino';

export type LogLine = Readonly<Record<string, unknown>>;

/** A logger whose lines can be looked at. */
export function recordingLog(): { readonly log: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}
