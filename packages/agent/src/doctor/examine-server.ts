import { VERSION } from '@keyrack/protocol/version.ts';
import type { Clock } from '../clock.ts';
import { askServer, greetServer, type NetworkRoute, webSocketTransportBy } from '../link/index.ts';
import type { Finding } from './finding.ts';

/** A computer whose clock is off by more than this should be set; nothing but logs and certificates depends on it. Ms. */
const SKEW_MS = 60_000;

/** By the very route that the agent takes, proxy and certificates included. */
export async function examineServer(server: string, route: NetworkRoute, clock: Clock): Promise<Finding> {
  const check = 'server';
  const transport = webSocketTransportBy(route);
  const greeting = await greetServer(server, transport, clock);
  if (greeting.obstacle !== null) {
    const { obstacle } = greeting;
    const todo = obstacle.todo ?? 'Try again; if it stays so, look at the log of the server.';
    return { check, found: `no connection to ${server}: ${obstacle.found}`, todo };
  }
  const through = transport.through ? ` through ${transport.through}` : '';
  const { version, protocol } = greeting;
  const theirs = version === null ? 'of an older version' : `of version ${version}`;
  const fit = `it is ${theirs}, this agent ${VERSION}, and both speak protocol ${protocol}`;
  return { check, found: `${server} answers${through}; ${fit}`, todo: null };
}

/** Against the clock of a Keyrack server alone: a stranger's says nothing. */
export async function examineClock(server: string, route: NetworkRoute, clock: Clock): Promise<Finding> {
  const check = 'clock';
  const asked = clock.now();
  const answering = await askServer(server, route, clock);
  switch (answering.is) {
    case 'nobody':
      return { check, found: "the server's time is unknown", todo: 'See what is said of the server.' };
    case 'other': {
      const found = `the server's time is unknown: no Keyrack server answers a plain request (${answering.answer})`;
      const todo =
        'See what is said of the server; a proxy must pass every request on to it: see docs/reverse-proxy.md.';
      return { check, found, todo };
    }
    case 'keyrack':
      return { check, ...judgeSkew((asked + clock.now()) / 2 - answering.time) };
  }
}

/** @param ms how far this computer's clock is ahead; negative where it is behind */
function judgeSkew(ms: number): Pick<Finding, 'found' | 'todo'> {
  const seconds = Math.round(ms / 1000);
  const way = seconds > 0 ? 'ahead of' : 'behind';
  const found = Math.abs(seconds) < 2 ? "agrees with the server's" : `${Math.abs(seconds)} s ${way} the server's`;
  const todo = Math.abs(ms) > SKEW_MS ? 'Set the clocks by the network (NTP) on both computers.' : null;
  return { found, todo };
}
