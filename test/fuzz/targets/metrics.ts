import { expectAnswer } from '../connections/expect-answer.ts';
import { isWholeRequest, listenerTarget, type OutsideOptions } from '../connections/listener-target.ts';
import { HTTP_PATIENCE } from '../connections/patience.ts';
import { mutateBytes, mutateText } from '../mutate.ts';
import type { Target } from '../target.ts';

const REQUESTS = [
  'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /metrics?name[]=keyrack_agents_connected HTTP/1.1\r\nHost: a\r\nAccept: application/openmetrics-text\r\nAccept-Encoding: gzip\r\n\r\n',
  'GET /metrics HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'HEAD /metrics HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b',
  'POST /metrics HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
] as const;

/** The listener of metrics. */
export function metrics(options: OutsideOptions): Target {
  const { pool, programs } = options;
  const { server, metricsPort } = programs;
  return listenerTarget(options, {
    name: 'metrics',
    lanes: 6,
    slowMs: 2_000,
    listener: {
      port: async () => {
        await server.whenReady();
        return metricsPort;
      },
      limits: HTTP_PATIENCE,
      mostHeld: 12,
    },
    make(chance) {
      const request = chance.one(0.4) ? REQUESTS[0] : chance.of(REQUESTS);
      const text = chance.one(0.6) ? request : mutateText(chance, pool, request, REQUESTS);
      const bytes = Buffer.from(text, 'latin1');
      const changed = chance.one(0.1) ? mutateBytes(chance, pool, bytes) : bytes;
      return { bytes: changed, isWhole: isWholeRequest(changed) };
    },
    check: () =>
      expectAnswer(
        { port: metricsPort, line: 'GET /metrics HTTP/1.1', answer: 'keyrack_agents_connected' },
        options.patience,
      ),
  });
}
