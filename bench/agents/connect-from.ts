import net from 'node:net';

/** Makes the connections of this process begin at these own addresses, in turn. `ws` connects through `net.connect`. */
export function connectFrom(addresses: readonly string[]): void {
  const connect = net.connect as (options: net.NetConnectOpts) => net.Socket;
  let next = 0;
  net.connect = ((options: net.NetConnectOpts) => {
    next += 1;
    return connect({ ...options, localAddress: addresses[next % addresses.length] } as net.NetConnectOpts);
  }) as typeof net.connect;
}
