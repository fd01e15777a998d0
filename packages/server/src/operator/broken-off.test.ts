import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recordingLog } from '../testing/recording-log.ts';
import type { OperatorParts } from './command.ts';
import { startOperatorEndpoint } from './operator-endpoint.ts';
import { readOperatorFile } from './operator-file.ts';

test('a command that is broken off in its middle is no error of the server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keyrack-operator-'));
  const { log, lines } = recordingLog();
  const endpoint = await startOperatorEndpoint(folder, {} as OperatorParts, log, { note: () => {} });
  onTestFinished(async () => {
    await endpoint.close();
    await rm(folder, { recursive: true });
  });
  const { port, token } = (await readOperatorFile(folder)) ?? { port: 0, token: '' };
  const authorization = `Bearer ${token}`;

  const socket = connect(port, '127.0.0.1');
  const head = ['POST /agents-list HTTP/1.1', 'Host: a', `Authorization: ${authorization}`, 'Content-Length: 99'];
  socket.write(`${head.join('\r\n')}\r\nExpect: 100-continue\r\n\r\n`);
  // The server is waiting for the rest.
  await once(socket, 'data');
  socket.resetAndDestroy();

  // What comes later on another connection is answered after the server has seen the reset.
  const next = await fetch(`http://127.0.0.1:${port}/nothing`, { method: 'POST', headers: { authorization } });
  expect(next.status).toBe(404);
  expect(lines).toEqual([]);
});
