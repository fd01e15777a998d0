import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A socket that takes connections like pcscd's, and is of no use. */
export interface FakeService {
  readonly socket: string;
  /** Connections so far. */
  connections(): number;
  /** Cards that were asked for so far. */
  asked(): number;
  close(): Promise<void>;
}

/** SCARD_W_SECURITY_VIOLATION, which pcscd answers when polkit says no (pcsc-lite's winscard_svc.c and pcsclite.h). */
const SECURITY_VIOLATION = 0x8010_006a;

/** Commands of pcsc-lite's protocol (winscard_msg.h). Each comes as its size, its number, and its structure. */
const VERSION = 0x11;
const ESTABLISH_CONTEXT = 0x01;
const CONNECT = 0x04;

/**
 * @param how `closes`: like a service that dies at once, or one of an older pcscd that refuses its user. `refuses`: says
 * so in its answer to the first message, which is about versions. `hangs`: is friendly, and never answers about a card.
 */
export async function fakeService(how: 'closes' | 'refuses' | 'hangs'): Promise<FakeService> {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-fake-pcscd-'));
  chmodSync(folder, 0o755);
  const socket = join(folder, 'pcscd.comm');
  const clients = new Set<Socket>();
  let connections = 0;
  let asked = 0;

  function hear(client: Socket, command: number): void {
    const say = (...numbers: number[]) => client.write(new Uint8Array(Uint32Array.from(numbers).buffer));
    if (command === VERSION) say(4, 4, how === 'refuses' ? SECURITY_VIOLATION : 0);
    else if (command === ESTABLISH_CONTEXT) say(2, 1_000 + connections, 0);
    else if (command === CONNECT) asked += 1;
  }

  const server = createServer((client) => {
    connections += 1;
    client.on('error', () => {});
    if (how === 'closes') return client.destroy();
    clients.add(client);
    let pending = Buffer.alloc(0);
    client.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 8 && pending.length >= 8 + pending.readUInt32LE(0)) {
        const command = pending.readUInt32LE(4);
        pending = pending.subarray(8 + pending.readUInt32LE(0));
        hear(client, command);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  chmodSync(socket, 0o777);
  return {
    socket,
    connections: () => connections,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          rmSync(folder, { recursive: true });
          resolve();
        });
        for (const client of clients) client.destroy();
      }),
  };
}
