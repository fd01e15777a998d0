import { once } from 'node:events';
import { createServer } from 'node:net';
import { PAGE_PORT, type PagePort, pagePort } from '../agent-page.ts';
import { usageError } from '../exit.ts';

/** The port of the demonstration's page: what PAGE_PORT says, else the usual one, or any where that is taken. */
export async function demoPagePort(env: Readonly<Record<string, string | undefined>>): Promise<PagePort> {
  if (!env.PAGE_PORT) return (await isFree(PAGE_PORT)) ? PAGE_PORT : 0;
  const asked = pagePort.safeParse(env.PAGE_PORT);
  if (asked.success) return asked.data;
  throw usageError(`The environment variable PAGE_PORT can't be used: it ${asked.error.issues[0]?.message}.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = new Promise<boolean>((resolve) => {
    server.once('listening', () => resolve(true)).once('error', () => resolve(false));
  });
  server.listen(port, '127.0.0.1');
  if (!(await listening)) return false;
  server.close();
  await once(server, 'close');
  return true;
}
