import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerLog } from '../runtime/log.ts';
import { METRICS_LIMITS, type MetricsLimits } from './limits.ts';
import { createListener } from './listener.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsListenerParts {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly log: Pick<ServerLog, 'error'>;
  readonly randomId: () => string;
  readonly limits?: Partial<MetricsLimits>;
}

export interface MetricsListener {
  /** `http://HOST:PORT/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `GET /metrics` on an address of its own, since metrics name every property's encoders and cost time to compute:
 * neither is for whoever reaches the server. Rejects with Node's error for an address that can't be had.
 */
export async function startMetricsListener(
  { host, port }: { readonly host: string; readonly port: number },
  { metrics, log, randomId, limits: given }: MetricsListenerParts,
): Promise<MetricsListener> {
  const limits = { ...METRICS_LIMITS, ...given };
  const stopping = new AbortController();
  const text = shareText(() => metrics.text(), limits.freshMs);
  const handle = async ({ method, url }: IncomingMessage, response: ServerResponse) => {
    if ((url ?? '').split('?', 1)[0] !== '/metrics') return answer(response, 404, 'Metrics are at /metrics.\n');
    if (method !== 'GET' && method !== 'HEAD') {
      return answer(response.setHeader('allow', 'GET, HEAD'), 405, 'Send GET to read the metrics.\n');
    }
    answer(response, 200, await text(), metrics.contentType);
  };
  const server = createListener(
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        log.error({ err: error }, 'metrics could not be computed');
        answer(response, 500, 'The metrics could not be computed; see the log of the server.\n');
      });
    },
    {
      limits,
      randomId,
      log,
      webSockets: null,
      stopping: stopping.signal,
      onTooMany() {},
      onFault() {},
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error) => log.error({ err: error }, 'metrics take no connection'));
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/metrics`,
    close() {
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** Computes once for all who ask meanwhile or soon after, and keeps the bytes that all of them are sent. */
function shareText(compute: () => Promise<string>, freshMs: number): () => Promise<Buffer> {
  let shared: Promise<Buffer> | null = null;
  const forget = () => {
    shared = null;
  };
  const share = async () => {
    try {
      return Buffer.from(await compute());
    } finally {
      setTimeout(forget, freshMs).unref();
    }
  };
  return () => {
    shared ??= share();
    return shared;
  };
}

function answer(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
