/**
 * Where the agent says what it does: one line per step, with `operation` and `encoder` among the fields where they
 * apply. A pino logger is one. Keys, tokens, passwords and card contents never go there.
 */
export interface AgentLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const SILENT: AgentLog = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * The same log, which never throws. A line may come in the middle of a write, or between a journaled result and its
 * report: if it threw there, neither would come to its end. Lines that fail are counted, and the number is told once a
 * line gets through.
 */
export function unfailingLog(log: AgentLog): AgentLog {
  let lost = 0;
  const write = (level: keyof AgentLog, fields: object, message: string) => {
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
  };
}
