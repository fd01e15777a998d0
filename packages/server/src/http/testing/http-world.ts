import { NOW, type Script, scriptedCardRequests } from '../../roomcard/testing/scripted-card-requests.ts';
import { createAddressOf } from '../../runtime/client-address.ts';
import { createFailureLog } from '../../runtime/failure-log.ts';
import { recordingLog } from '../../testing/recording-log.ts';
import { createMetrics } from '../metrics.ts';
import { createHttpServer, type HttpServerOptions } from '../server.ts';

/** The HTTP server before a scripted desk, with everything that it would tell the world within reach. */
export function httpWorld(script: Partial<Script> = {}, options: Partial<HttpServerOptions> = {}) {
  const { cardRequests, asked } = scriptedCardRequests(script);
  const { log, lines } = recordingLog();
  const metrics = createMetrics({
    agentsConnected: () => 2,
    queueLengths: () => [['7C778A6C7D9C', 3]],
    diskSpace: () => ({ freeBytes: 5, sizeBytes: 7 }),
  });
  let at = 0;
  let ids = 0;
  const app = createHttpServer({
    cardRequests,
    log,
    failures: createFailureLog(log, () => at),
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
