import type { Clock } from '../clock.ts';
import { askServerTime, greetServer, type Road, webSocketTransportBy } from '../link/index.ts';
import type { Finding } from './finding.ts';

/** A computer whose clock is off by more than this should be set; nothing but logs and certificates depends on it. Ms. */
const SKEW_MS = 60_000;

/** By the very road that the agent takes, proxy and certificates included. */
export async function examineServer(server: string, road: Road, clock: Clock): Promise<Finding> {
  const why = await greetServer(server, webSocketTransportBy(road), clock);
  const through = road.proxy ? ` through ${road.proxy.protocol}//${road.proxy.host}` : '';
  if (why === null) return { check: 'server', found: `${server} answers${through}`, todo: null };
  const todo = 'Check the address, the proxy and the firewall; for a private CA name its certificate with --ca-file.';
  return { check: 'server', found: `${server} can't be reached${through}: ${why}`, todo };
}

export async function examineClock(server: string, road: Road, clock: Clock): Promise<Finding> {
  const check = 'clock';
  const asked = clock.now();
  const told = await askServerTime(server, road).catch(() => null);
  if (told === null) return { check, found: "the server's time is unknown", todo: 'See what is said of the server.' };
  // It is told to the second, at some moment in between.
  const skew = Math.round(((asked + clock.now()) / 2 - told - 500) / 1000);
  const found =
    Math.abs(skew) < 2
      ? "agrees with the server's"
      : `${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} the server's`;
  const todo = Math.abs(skew) * 1000 > SKEW_MS ? 'Set the clocks by the network (NTP) on both computers.' : null;
  return { check, found, todo };
}
