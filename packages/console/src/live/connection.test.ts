import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { followProperty } from './connection.ts';
import type { LiveMessage } from './messages.ts';

const HOUR_MS = 3_600_000;

test('the stream was lost at a time of the server’s clock, where the computer’s own is an hour behind', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      ...{ 'content-type': 'text/event-stream', date: new Date(Date.now() + HOUR_MS).toUTCString() },
    });
    response.end('retry: 3000\n\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const self = new EventTarget();
  Object.assign(globalThis, {
    self: Object.assign(self, { location: { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } }),
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    Reflect.deleteProperty(globalThis, 'self');
  });
  const lost = Promise.withResolvers<LiveMessage>();
  const stop = followProperty('inn', (message) => {
    if (message.kind === 'lost') lost.resolve(message);
  });
  const told = await lost.promise;
  stop();
  // It ends the pause before the next connection.
  self.dispatchEvent(new Event('online'));
  const ahead = (told.kind === 'lost' ? told.since : 0) - Date.now();
  expect(Math.abs(ahead - HOUR_MS)).toBeLessThan(60_000);
});
