import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { COMMANDS, type CommandName } from './commands.ts';
import { answerWaitMs, operate } from './operator-client.ts';
import { writeOperatorFile } from './operator-file.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n';
const UNKNOWN = /^The server on .* before it answered, so whether the command was carried out isn't known\./;
const SILENT = /^The server on .* hasn't answered for 1 s, so whether the command was carried out isn't known\./;

/** What a server that doesn't answer does with a request, and what its operator is told. */
test.each<[string, (socket: Socket) => void, RegExp]>([
  ['that hangs', () => {}, SILENT],
  ['that hangs in the middle of its answer', (socket) => socket.write(`${HEAD}{"res`), SILENT],
  ['that is killed', (socket) => socket.resetAndDestroy(), UNKNOWN],
  ['that ends without an answer', (socket) => socket.end(), UNKNOWN],
  ['that is killed in the middle of its answer', (socket) => socket.end(`${HEAD}{"res`), UNKNOWN],
  ['that speaks something else', (socket) => socket.end('220 mail.example ESMTP\r\n'), UNKNOWN],
])('a command to a server %s ends with what is known of it', async (_, answer, told) => {
  const { folder, port } = await folderOf((socket) => socket.once('data', () => answer(socket)));
  await writeOperatorFile(folder, { port, token: 'T'.repeat(43) });
  await expect(operate(folder, 'agents-list', {}, 1_000)).rejects.toThrow(told);
});

test('a command where no server listens any more says that none runs', async () => {
  const { folder, port, close } = await folderOf(() => {});
  await close();
  await writeOperatorFile(folder, { port, token: 'T'.repeat(43) });
  await expect(operate(folder, 'agents-list', {}, 1_000)).rejects.toThrow(`No server runs on ${folder}; start it`);
});

test('a verification, which grows with the log, is waited for longer than every command that does not', () => {
  const waits = Object.keys(COMMANDS).map((name) => [name, answerWaitMs(name as CommandName)] as const);
  expect(waits.filter(([, ms]) => ms > 60_000).map(([name]) => name)).toEqual(['audit-verify']);
  expect(answerWaitMs('audit-verify')).toBeGreaterThanOrEqual(3_600_000);
});

async function folderOf(serve: (socket: Socket) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'keyrack-operator-'));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(async () => {
    await close();
    await rm(folder, { recursive: true });
  });
  return { folder, port, close };
}
