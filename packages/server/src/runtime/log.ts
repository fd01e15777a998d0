/** Where the server says what it does: a line of named fields and a message. A pino logger is one. */
export interface ServerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
}

/**
 * The same log, which never throws. A line may come between a commit and the news of it: if it threw there, a committed
 * operation would be carried out by nobody. Lines that fail are counted, and the number is told once a line gets through.
 */
export function unfailingLog(log: ServerLog): ServerLog {
  let lost = 0;
  const write = (level: keyof ServerLog, fields: object, message: string) => {
    try {
      if (lost > 0) log.warn({ lines: lost }, 'log lines were lost');
      lost = 0;
      log[level](fields, message);
    } catch {
      lost += 1;
    }
  };
  return {
    info: (fields, message) => write('info', fields, message),
    warn: (fields, message) => write('warn', fields, message),
    error: (fields, message) => write('error', fields, message),
    fatal: (fields, message) => write('fatal', fields, message),
  };
}
