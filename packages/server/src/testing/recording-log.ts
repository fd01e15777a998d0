import { type Logger, pino } from 'pino';

export type LogLine = Readonly<Record<string, unknown>>;

/** A logger whose lines can be looked at. `onLine` sees each line first, and may throw as a log that fails does. */
export function recordingLog(onLine: (line: LogLine) => void = () => {}): {
  readonly log: Logger;
  readonly lines: LogLine[];
} {
  const lines: LogLine[] = [];
  const write = (text: string) => {
    const line = JSON.parse(text) as LogLine;
    onLine(line);
    lines.push(line);
  };
  return { log: pino({ base: null, timestamp: false }, { write }), lines };
}
