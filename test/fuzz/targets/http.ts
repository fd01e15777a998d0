import type { Chance } from '../../faults/chance.ts';
import { expectAnswer } from '../connections/expect-answer.ts';
import { isWholeRequest, listenerTarget, type OutsideOptions } from '../connections/listener-target.ts';
import { HTTP_PATIENCE } from '../connections/patience.ts';
import { mutateBytes, mutateText, type Pool } from '../mutate.ts';
import type { Target } from '../target.ts';
import { makeForm } from './forms.ts';

const PROBES = [
  'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /readyz?x=%00&x=1#f HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /metrics HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST /Home/Qrm/cancelCard?sig=1&sig=2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n',
  'POST /Home/Qrm/cancelCard HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\na=b',
  'POST /Home/Qrm/cancelCard HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\na=bc',
  'POST /Home/Qrm/cancelCard HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b',
  'GET /set-up?lang=zh&lang[]=en&lang[__proto__]=1 HTTP/1.1\r\nHost: a\r\nAccept-Language: zh-CN,zh;q=0.9\r\n\r\n',
  'POST /v1/set-up HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"token":"x"}',
  'GET /agent HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n',
  'GET /other HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
  'GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'GET /agent HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket, h2c\r\nSec-WebSocket-Version: 8\r\n\r\n',
  'POST /Home/Qrm/getMacList HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\nContent-Length: 3\r\n\r\na=b',
  'CONNECT keyrack.example:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET http://keyrack.example/healthz HTTP/1.1\r\nHost: a\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
];

const HEADERS = [
  'Host: keyrack.example',
  'Connection: keep-alive',
  'Connection: close, Upgrade',
  'X-Forwarded-For: 1.2.3.4, ::1',
  'X-Forwarded-For: 203.0.113.7',
  'X-Forwarded-For: 127.9.0.1, [2001:db8::1]:443, unknown',
  'Forwarded: for="[2001:db8::1]:4711";proto=https',
  'X-Request-Id: ../../x',
  'Content-Encoding: identity',
  'Content-Encoding: br',
  'Content-Type: text/plain',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Expect: the unexpected',
  'Cookie: a=b; __proto__=c',
  'Range: bytes=0-',
  'Accept: */*;q=',
] as const;

/** Bytes on real connections: request lines, addresses with their queries, headers, bodies; whole, broken, cut off. */
export function http(options: OutsideOptions): Target {
  const { pool, programs } = options;
  const { server, serverPort } = programs;
  return listenerTarget(options, {
    name: 'http',
    lanes: 24,
    // A card that isn't there, and before that an agent that is away for a moment, are waited for.
    slowMs: 6_000,
    listener: {
      port: async () => {
        await server.whenReady();
        return serverPort;
      },
      limits: HTTP_PATIENCE,
      mostHeld: 200,
    },
    make(chance) {
      const bytes = makeRequest(chance, pool);
      return { bytes, isWhole: isWholeRequest(bytes) };
    },
    check: () =>
      expectAnswer({ port: serverPort, line: 'GET /readyz HTTP/1.1', answer: '{"ready":true}' }, options.patience),
  });
}

function makeRequest(chance: Chance, pool: Pool): Uint8Array {
  if (chance.one(0.25)) {
    const text = chance.one(0.3) ? chance.of(PROBES) : mutateText(chance, pool, chance.of(PROBES), PROBES);
    return Buffer.from(text, 'latin1');
  }
  const { path, query, contentType, body } = makeForm(chance, pool, Date.now());
  const address = query === '' ? path : `${path}?${query}`;
  let line = `POST ${address} HTTP/1.1`;
  if (chance.one(0.2)) line = mutateText(chance, pool, line, [line]);
  if (chance.one(0.15)) line = line.replace(address, `${path}?${encodeURI(chance.of(pool.texts).toWellFormed())}`);
  let headers = ['Host: keyrack.example', `Content-Length: ${body.length}`];
  if (contentType !== undefined) headers.push(`Content-Type: ${contentType}`);
  for (let i = chance.whole(0, 2); i > 0; i -= 1) {
    headers.splice(chance.whole(0, headers.length), 0, chance.of(HEADERS));
  }
  if (chance.one(0.15)) headers = headers.map((header) => mutateText(chance, pool, header, HEADERS));
  const request = Buffer.concat([Buffer.from(`${line}\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
  const changed = chance.one(0.15) ? mutateBytes(chance, pool, request) : request;
  // Two at once on one connection, now and then.
  return chance.one(0.05) ? Buffer.concat([changed, Buffer.from(chance.of(PROBES), 'latin1')]) : changed;
}
