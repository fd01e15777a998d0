import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Logger, pino } from 'pino';
import { createStream } from 'rotating-file-stream';

/** Size of one log file, and how many full ones are kept beside it: `agent.log.1` is the newest. */
export const LOG_ROTATION = { megabytes: 10, files: 5 } as const;

export interface AgentLogOutput {
  readonly log: Logger;
  /** Writes what is still waiting. */
  close(): Promise<void>;
}

/** Standard error, for a supervisor that keeps logs itself; each line is written before the program goes on. */
export function standardErrorLog(): AgentLogOutput {
  return { log: pino(pino.destination({ fd: 2, sync: true })), close: async () => {} };
}

/**
 * A file that is set aside when it has grown large, the oldest ones being removed. `failed` is told, once, when it can't
 * be written: the log then ends, and the agent goes on, for the journal is what counts.
 */
export function openAgentLog(
  file: string,
  failed: (why: string) => void,
  { megabytes, files }: { readonly megabytes: number; readonly files: number } = LOG_ROTATION,
): AgentLogOutput {
  mkdirSync(dirname(resolve(file)), { recursive: true, mode: 0o700 });
  const stream = createStream(basename(file), {
    path: dirname(resolve(file)),
    size: `${Math.ceil(megabytes * 1024)}K`,
    rotate: files,
    mode: 0o600,
  });
  let broken = false;
  stream.on('error', (error) => {
    if (!broken) failed(`The log can't be written to ${file} (${error.message}); make room, or name another file.`);
    broken = true;
  });
  // A broken stream takes nothing any more.
  const log = pino({}, { write: (line) => void (broken || stream.write(line)) });
  return {
    log,
    async close() {
      if (broken) return;
      stream.end();
      await once(stream, 'finish').catch(() => undefined);
    },
  };
}
