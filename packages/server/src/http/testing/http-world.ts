import { type Logger, pino } from 'pino';
import { NOW, type Script, scriptedDesk } from '../../roomcard/testing/scripted-desk.ts';
import { createAddressOf } from '../../runtime/client-address.ts';
import { createMetrics } from '../metrics.ts';
import { createHttpServer, type HttpServerOptions } from '../server.ts';

export type LogLine = Readonly<Record<string, unknown>>;

/** A logger whose lines can be looked at. */
export function recordingLog(): { readonly log: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

/** The HTTP server before a scripted desk, with everything that it would tell the world within reach. */
export function httpWorld(script: Partial<Script> = {}, options: Partial<HttpServerOptions> = {}) {
  const { desk, asked } = scriptedDesk(script);
  const { log, lines } = recordingLog();
  const metrics = createMetrics({ agentsConnected: () => 2, queueLengths: () => [['7C778A6C7D9C', 3]] });
  let at = 0;
  let ids = 0;
  const app = createHttpServer({
    desk,
    log,
    metrics,
    clock: { now: () => NOW + at, monotonic: () => at },
    randomId: () => `01890a5d-ac96-774b-bcce-${String(++ids).padStart(12, '0')}`,
    readiness: async () => true,
    addressOf: createAddressOf([]),
    ...options,
  });
  return {
    app,
    asked,
    lines,
    metrics,
    wait(ms: number) {
      at += ms;
    },
  };
}
