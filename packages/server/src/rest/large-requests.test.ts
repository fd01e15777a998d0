import { EventEmitter } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { restWorld } from '../testing/rest-world.ts';
import { createLargeRequests } from './large-requests.ts';
import { ProblemError } from './problems.ts';

const IMPORT = '/v1/properties/1001/rooms/import';

const response = () => Object.assign(new EventEmitter(), { destroyed: false });

it('a caller has so many at once, all have so many, and each keeps its place until its work has ended', async () => {
  const larges = createLargeRequests({ perCaller: 1, overall: 2 });
  const first = response();
  const working = Promise.withResolvers<void>();
  const work = larges.begin('a', first as never).until(working.promise);
  first.emit('close');
  expect(() => larges.begin('a', response() as never)).toThrow(ProblemError);
  const other = response();
  larges.begin('b', other as never);
  expect(() => larges.begin('c', response() as never)).toThrow(
    expect.objectContaining({ problem: 'too-many-requests' }),
  );
  other.emit('close');
  // Who has gone already takes none.
  larges.begin('c', { ...response(), destroyed: true } as never);
  larges.begin('c', response() as never);
  working.resolve();
  await work;
  larges.begin('a', response() as never);
});

it('an import beyond two of a credential is refused before its list is read, and taken when another has gone', async () => {
  const world = await restWorld();
  const json = { rooms: [{ building: 'A', floor: '1', number: '101', lockType: 'QRLOCK' }] };
  const imported = () => world.send(IMPORT, { method: 'POST', json });
  const half = (): Socket => {
    const { hostname, port } = new URL(world.server.url);
    const socket = connect(Number(port), hostname);
    onTestFinished(() => void socket.destroy());
    const headers = ['Host: keyrack', `Authorization: Bearer ${world.ownerKey}`, 'Content-Type: application/json'];
    socket.write(`POST ${IMPORT} HTTP/1.1\r\n${headers.join('\r\n')}\r\nContent-Length: 1000000\r\n\r\n{"rooms":[`);
    return socket;
  };
  const [leaving] = [half(), half()];
  await expect.poll(async () => (await imported()).status).toBe(429);
  const { body, headers } = await imported();
  expect([body.type, headers.get('retry-after')]).toEqual(['/v1/problems/too-many-requests', '1']);
  leaving?.destroy();
  await expect.poll(async () => (await imported()).status).toBe(200);
});
