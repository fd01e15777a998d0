import { connect } from 'node:net';
import type { Chance } from '../../faults/chance.ts';
import { mutateBytes, mutateText, type Pool } from '../mutate.ts';
import { type RealServer, startRealServer, throwLogged } from '../real-server.ts';
import type { Input, Target } from '../target.ts';
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
  'GET /setup?lang=zh&lang[]=en&lang[__proto__]=1 HTTP/1.1\r\nHost: a\r\nAccept-Language: zh-CN,zh;q=0.9\r\n\r\n',
  'POST /setup?lang=en HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\ntoken=x&token=y&a=%z',
  'GET /agent HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n',
  'GET /other HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
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

/** An answer that isn't there after this is given up and counts as slow. Milliseconds. */
const GIVE_UP_MS = 2_500;

/** Bytes on real connections: request lines, addresses with their queries, headers, bodies; whole, broken, cut off. */
export async function httpBytes(pool: Pool): Promise<Target> {
  const servers = [await startRealServer('demo'), await startRealServer('empty')];
  return {
    name: 'http',
    share: 2.4,
    lanes: 24,
    next(chance): Input {
      const server = chance.one(0.8) ? (servers[0] as RealServer) : (servers[1] as RealServer);
      const bytes = makeRequest(chance, pool);
      return {
        shown: bytes,
        async feed() {
          const { text, ms } = await exchange(server, bytes);
          throwLogged(server);
          return { fiveHundreds: (text.match(/^HTTP\/1\.1 5\d\d /gm) ?? []).length, ms };
        },
      };
    },
    async close() {
      for (const server of servers) await server.close();
    },
  };
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

/** Nothing came for this long, and the server isn't at work: nothing will come. Milliseconds. */
const QUIET_MS = 25;
const LOOK_MS = 10;

/**
 * Sends all and takes what comes. Ends its own side when the server waits for more, as it does for half a request: that
 * would be a hang-up while the server is at work. `ms` is the time to the first answer; where there is none, the time
 * that the server took to end its side too.
 */
function exchange(
  server: Pick<RealServer, 'port' | 'isWorkingFor'>,
  bytes: Uint8Array,
): Promise<{ readonly text: string; readonly ms: number }> {
  return new Promise((resolve) => {
    let begun = performance.now();
    let latest = begun;
    let answered: number | null = null;
    const chunks: Buffer[] = [];
    const socket = connect(server.port, '127.0.0.1', () => {
      begun = performance.now();
      latest = begun;
      socket.write(bytes);
    });
    const look = setInterval(() => {
      const now = performance.now();
      if (now - begun > GIVE_UP_MS) return void socket.destroy();
      const { localPort } = socket;
      if (localPort === undefined || !socket.writable || now - latest < QUIET_MS || server.isWorkingFor(localPort))
        return;
      if (answered === null) begun = now;
      socket.end();
    }, LOOK_MS);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      latest = performance.now();
      answered ??= latest - begun;
    });
    // A reset after an answer: the server had heard enough.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(look);
      resolve({ text: Buffer.concat(chunks).toString('latin1'), ms: answered ?? performance.now() - begun });
    });
  });
}
