/** The same address as a client on this computer can use it: one that means "all addresses" is no destination. */
export function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}

/** Whether only this computer can reach it. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === '[::1]' || hostname.startsWith('127.');
}
