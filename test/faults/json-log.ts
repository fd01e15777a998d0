import { writeSync } from 'node:fs';
import type { startServer } from '@keyrack/server/main.ts';

type ServerLog = Parameters<typeof startServer>[1];
type Level = 'info' | 'warn' | 'error' | 'fatal';

/** A line of JSON on stdout for each message, written before the call returns: a killed process has said it all. */
export function jsonLog(): ServerLog & Record<Level, (fields: object, message: string) => void> {
  const at = (level: Level) => (fields: object, message: string) => {
    const plain = Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? value.stack : value]);
    const line = { time: new Date().toISOString(), pid: process.pid, level, message, ...Object.fromEntries(plain) };
    writeSync(1, `${JSON.stringify(line)}\n`);
  };
  const log = { info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
  return log as unknown as ServerLog & typeof log;
}
