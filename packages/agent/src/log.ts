import type { Mac } from '@keyrack/protocol';

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

/** A log whose every line names the encoder. */
export function withEncoder(log: AgentLog, encoder: Mac): AgentLog {
  return {
    info: (fields, message) => log.info({ encoder, ...fields }, message),
    warn: (fields, message) => log.warn({ encoder, ...fields }, message),
    error: (fields, message) => log.error({ encoder, ...fields }, message),
  };
}
