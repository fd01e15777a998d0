import { isLoopback } from '../../page/own-computer.ts';

/**
 * The line for the front desk, with an address that its computer can reach. A server that was told no public address names
 * its own computer; where this page came by another name, that one leads there too.
 */
export function commandFrom(command: string, page: string): string {
  return command.replace(/(?<=--server )("?)(wss?:\/\/[^"\s]+)\1/, (said, quote: string, address: string) => {
    const here = new URL(page);
    if (!isLoopback(address) || isLoopback(page)) return said;
    const there = new URL(address);
    return `${quote}${here.protocol === 'https:' ? 'wss:' : 'ws:'}//${here.host}${there.pathname}${quote}`;
  });
}

/** Whether the line is of a server that runs from its sources. */
export function isOfCheckout(command: string): boolean {
  return command.startsWith('npx ');
}

/** Whether the line leads to the server from this computer alone: on any other one it would look for the server on itself. */
export function isForThisComputer(command: string): boolean {
  const address = /--server "?(wss?:\/\/[^"\s]+)/.exec(command)?.[1];
  return address !== undefined && isLoopback(address);
}

/** Whether the line asks for plain text over the network, which the agent refuses: keys of cards would travel in it. */
export function isPlainOverNetwork(command: string): boolean {
  const address = /--server "?(ws:\/\/[^"\s]+)/.exec(command)?.[1];
  return address !== undefined && !isLoopback(address);
}
