import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that tests use to cut, stall and refuse connections. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection, with a reset. */
  cut(): void;
  /** Lets nothing through for that long, in one direction or both, and tells nobody. Then it goes on. */
  stall(ms: number, direction: 'both' | 'up' | 'down'): void;
  /** Breaks what there is, and takes up nothing new for that long. */
  refuse(ms: number): void;
  close(): Promise<void>;
}

interface Pair {
  /** From the client, and to it. */
  readonly near: Socket;
  readonly far: Socket;
}

/** `localAddress`: the loopback address that its connections to the target come from. */
export async function startTcpProxy(targetPort: number, localAddress = '127.0.0.1'): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  const held = { up: 0, down: 0 };
  let refusing = 0;

  const server = createServer((near) => {
    if (refusing > 0) return void near.resetAndDestroy();
    const far = connect({ port: targetPort, host: '127.0.0.1', localAddress });
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const [from, to, direction] of [
      [near, far, 'up'],
      [far, near, 'down'],
    ] as const) {
      from.on('data', (chunk) => {
        if (!to.write(chunk)) from.pause();
      });
      to.on('drop', end);
      to.on('drain', () => {
        if (held[direction] === 0) from.resume();
      });
      from.on('end', () => to.end());
      from.on('error', end);
      from.on('close', end);
      if (held[direction] > 0) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const cut = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  };
  const sourceOf = ({ near, far }: Pair, direction: 'up' | 'down') => (direction === 'up' ? near : far);
  const hold = (ms: number, direction: 'up' | 'down') => {
    held[direction] += 1;
    for (const pair of pairs) sourceOf(pair, direction).pause();
    setTimeout(() => {
      held[direction] -= 1;
      if (held[direction] === 0) for (const pair of pairs) sourceOf(pair, direction).resume();
    }, ms).unref();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stall(ms, direction) {
      if (direction !== 'down') hold(ms, 'up');
      if (direction !== 'up') hold(ms, 'down');
    },
    refuse(ms) {
      refusing += 1;
      cut();
      setTimeout(() => {
        refusing -= 1;
      }, ms).unref();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
