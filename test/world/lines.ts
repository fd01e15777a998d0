import type { startServer } from '@keyrack/server/main.ts';

export type Logger = Parameters<typeof startServer>[1];
type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** A logger that hands every line on as JSON, for processes whose log a test reads or dies by. */
export function lineLog(write: (line: string) => void): Logger {
  const at = (level: Level) => (fields: object, msg: string) => write(JSON.stringify({ level, msg, ...plain(fields) }));
  return {
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
  } as unknown as Logger;
}

function plain(fields: object): object {
  const { err } = fields as { err?: unknown };
  return err instanceof Error ? { ...fields, err: err.stack } : fields;
}
