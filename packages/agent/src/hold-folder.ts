import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another agent runs in that folder. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`Another agent is running in ${folder}; stop it first, or use another folder.`);
    this.name = 'FolderInUse';
  }
}

export interface FolderHold {
  release(): Promise<void>;
}

/**
 * Makes sure that one agent alone uses a folder. Two of them with one journal would each continue it in their own way.
 *
 * Node has no file locks, so the hold is a listening local socket whose name is made of the folder's: only one
 * process can listen there, and the system frees it however the process ends, SIGKILL included. On Linux it is an
 * abstract socket and on Windows a named pipe; neither leaves a file behind. Elsewhere it is a socket file, which
 * outlives a killed process: nobody answers there then, and it is taken over.
 *
 * It doesn't reach across computers or containers that share a folder: there the server notices the fork.
 * @throws FolderInUse
 */
export async function holdFolder(folder: string): Promise<FolderHold> {
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32);
  const address = addressOf(name);
  let server = await listen(address.path);
  if (server === null && address.isFile && !(await answers(address.path))) {
    await rm(address.path, { force: true });
    server = await listen(address.path);
  }
  if (server === null) throw new FolderInUse(folder);
  const held = server;
  // The hold alone must not keep a process alive.
  held.unref();
  return { release: () => new Promise((resolve) => held.close(() => resolve())) };
}

function addressOf(name: string): { path: string; isFile: boolean } {
  switch (process.platform) {
    case 'linux':
      return { path: `\0keyrack-agent-${name}`, isFile: false };
    case 'win32':
      return { path: `\\\\.\\pipe\\keyrack-agent-${name}`, isFile: false };
    default:
      return { path: join(tmpdir(), `keyrack-${name}.sock`), isFile: true };
  }
}

/** A server that listens there; null when somebody else does. */
function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
