import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const VPCD = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
/** As in packages/agent/src/encoder/pcsc/testing/pcscd.ts. */
const FIRST_READER_PORT = 28_964;
/** Where pcscd takes its clients, within the Debian with Wine. */
export const PCSCD_SOCKET = 'run/pcscd/pcscd.comm';
const ASK_VERSION = new Uint8Array(Uint32Array.of(12, 17, 4, 4, 0).buffer);

/** Starts pcscd in the Debian with Wine. Its first virtual reader is at that port, the next one at the next. */
export function startPcscd(system, port) {
  const device = `/dev/null:0x${port.toString(16)}`;
  writeFileSync(
    join(system, 'tmp/vpcd.conf'),
    `FRIENDLYNAME "Virtual PCD"\nDEVICENAME ${device}\nLIBPATH ${VPCD}\nCHANNELID 1\n`,
  );
  mkdirSync(join(system, 'run/pcscd'), { recursive: true });
  const args = ['--foreground', '--disable-polkit', '--config', '/tmp/vpcd.conf'];
  return spawn('chroot', [system, 'pcscd', ...args], { stdio: 'ignore' });
}

/**
 * Starts and kills pcscd for tests that run under Wine, where no process of Linux can be. Listens on a port: who connects
 * says `start`, `kill` or `answers`, and is told `yes` or `no`.
 */
export async function keepPcscd(system) {
  let running = null;

  async function kill() {
    const child = running;
    running = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async function carryOut(what) {
    if (what === 'answers') return answers(join(system, PCSCD_SOCKET));
    if (what !== 'start' && what !== 'kill') return false;
    await kill();
    if (what === 'start') running = startPcscd(system, FIRST_READER_PORT);
    return true;
  }

  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', async (text) => socket.end((await carryOut(String(text).trim())) ? 'yes' : 'no'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, close: () => void server.close() };
}

function answers(path) {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on('connect', () => socket.write(ASK_VERSION));
    socket.once('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(false));
  });
}
