import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way between an agent and a server that is started anew at other ports. */
export interface WatchedWire {
  /** Where agents connect. */
  readonly url: string;
  /** Leads to the server at this port from now on. */
  leadTo(port: number): void;
  /** Lets nothing of the agent through any more once the server has granted a write. Until `leadTo`. */
  keepBackAfterGrant(): void;
  close(): void;
}

const GRANT = '"type":"grant"';

export async function openWire(): Promise<WatchedWire> {
  let port = 0;
  let keepsBack = false;
  const sockets = new Set<Socket>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const server = createServer((agent) => {
    const upstream = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [agent, upstream],
      [upstream, agent],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    agent.pipe(upstream);
    let last = '';
    upstream.on('data', (chunk: Buffer) => {
      const text = last + chunk.toString('latin1');
      last = text.slice(-GRANT.length);
      // Servers' frames aren't masked.
      if (keepsBack && text.includes(GRANT)) agent.unpipe(upstream);
      agent.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/agent`,
    leadTo(to) {
      cut();
      port = to;
      keepsBack = false;
    },
    keepBackAfterGrant() {
      keepsBack = true;
    },
    close() {
      cut();
      server.close();
    },
  };
}
