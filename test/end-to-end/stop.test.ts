import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';

const ANSWER_WAIT_SECONDS = 1.5;
/** What a stop may take beside the longest answer wait. */
const STOP_SECONDS = 5;

const POST = 'POST /Home/Qrm/cancelCard HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n';
const WEB_SOCKET = [
  'GET /agent HTTP/1.1',
  'Host: a',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '',
  '',
].join('\r\n');
const ASK = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';

/** What strangers send to the server before they are silent; none of them ever reads or closes. */
const HELD_OPEN = {
  nothing: '',
  'half a header': POST.slice(0, 30),
  'half a body': `${POST}accountSid=1`,
  'a request': ASK,
  'a thousand requests': ASK.repeat(1_000),
  'a WebSocket that proves nothing': WEB_SOCKET,
  'a WebSocket with half a frame': `${WEB_SOCKET}\x81\xfe`,
  'half a handshake': WEB_SOCKET.slice(0, -2),
  'a broken handshake': WEB_SOCKET.replace('Sec-WebSocket-Key', 'X'),
  'a tunnel': 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  rubbish: '\0\0 rubbish\r\n\r\n',
};

async function holdOpen(port: number, sent: string): Promise<void> {
  const socket: Socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.pause().write(sent, 'latin1');
}

test('keyrack serve ends in time after SIGTERM, whatever strangers hold open on any of its ports', async () => {
  const data = keyrackFolder();
  const serve = keyrack(['serve'], {
    PORT: '0',
    KEYRACK_DATA: data,
    KEYRACK_CARD_WAIT_SECONDS: '0.5',
    KEYRACK_ANSWER_WAIT_SECONDS: String(ANSWER_WAIT_SECONDS),
  });
  let log = '';
  serve.child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  await serve.says('Set it up');
  await expect.poll(() => log).toContain('"listening"');
  const listening = JSON.parse(log.split('\n').find((line) => line.includes('"listening"')) as string);
  const ports = [Number(new URL(listening.url).port), Number(new URL(listening.metricsUrl).port)];
  for (const port of ports) for (const sent of Object.values(HELD_OPEN)) await holdOpen(port, sent);
  // All of it has been read: this comes later.
  expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);

  const begun = performance.now();
  serve.child.kill('SIGTERM');
  const { code, err } = await serve.ended;
  expect(performance.now() - begun).toBeLessThan((ANSWER_WAIT_SECONDS + STOP_SECONDS) * 1_000);
  expect({ code, errors: err.split('\n').filter((line) => /"level":[56]0/.test(line)) }).toEqual({
    code: 0,
    errors: [],
  });
});
