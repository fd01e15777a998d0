import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeAtOnce, createListener, listenAt } from '../listener/create-listener.ts';
import { FAULT_STATUS } from '../listener/last-answer.ts';
import type { ServerLog } from '../runtime/log.ts';
import { writeAnswer } from '../runtime/write-answer.ts';
import { METRICS_LIMITS, type MetricsLimits } from './limits.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsListenerParts {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly log: Pick<ServerLog, 'error' | 'warn'>;
  readonly limits?: Partial<MetricsLimits>;
}

export interface MetricsListener {
  /** `http://HOST:PORT/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

const TEXT = 'text/plain; charset=utf-8';
const LAST_TEXT = 'Send GET /metrics over HTTP, at once and in full.';

/**
 * Serves `GET /metrics` on an address of its own, since metrics name every property's encoders and cost time to compute:
 * neither is for whoever reaches the server. Rejects with Node's error for an address that can't be had.
 */
export async function startMetricsListener(
  at: { readonly host: string; readonly port: number },
  { metrics, log, limits: given }: MetricsListenerParts,
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
      log,
      webSockets: null,
      stopping: stopping.signal,
      onTooMany() {},
      lastAnswer: (fault) => writeAnswer(FAULT_STATUS[fault], { 'Content-Type': TEXT }, `${LAST_TEXT}\n`),
    },
  );
  const { address, family, port } = await listenAt(server, at);
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`,
    close() {
      stopping.abort();
      return closeAtOnce(server);
    },
  };
}

/**
 * Starts the listener for metrics. Where nobody chose its address, the server does without it when another program, such
 * as a second server of this computer, has that address.
 */
export async function serveMetrics(
  wanted: { readonly host: string; readonly port: number; readonly wanted: boolean } | null,
  parts: MetricsListenerParts,
): Promise<MetricsListener | null> {
  if (wanted === null) return null;
  try {
    return await startMetricsListener(wanted, parts);
  } catch (error) {
    if (wanted.wanted) throw Object.assign(error as Error, { setting: 'KEYRACK_METRICS' });
    parts.log.warn(
      { err: error },
      `no metrics are served: port ${wanted.port} on ${wanted.host} can't be had; name another in KEYRACK_METRICS, or none`,
    );
    return null;
  }
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

function answer(response: ServerResponse, status: number, body: string | Buffer, type = TEXT): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
