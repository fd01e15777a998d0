import { obstacle } from '@keyrack/agent/link/obstacle.ts';
import type { Channel, ChannelListener, Transport } from '@keyrack/agent/link/transport.ts';
import type { Process } from '../clockwork/computer.ts';
import type { Random } from '../clockwork/random.ts';
import type { Scheduler } from '../clockwork/scheduler.ts';
import type { Trace } from '../clockwork/trace.ts';

/** What the server does with a connection: the real dispatcher's `connect` and the session that it returns. */
export interface Accepting {
  readonly process: Process;
  connect(channel: { send(text: string): void; close(): void }): { receive(text: string): void; closed(): void };
}

/** The way between one agent's computer and the server: what is wrong with it now. */
export interface Path {
  readonly name: string;
  /** Connecting fails: at once, or without an answer. */
  refusing: 'no' | 'at once' | 'silently';
  /** The next `hello` takes so many milliseconds, and arrives even when its sender is gone by then; 0 for none. */
  holdsHello: number;
}

/** One direction of a connection. Messages keep their order. */
interface Direction {
  /** Nothing arrives before what was sent earlier. */
  lastAt: number;
  /** Messages vanish, and nobody is told. */
  lost: boolean;
  /** The receiver hears nothing any more. */
  shut: boolean;
}

export interface Wire {
  readonly id: number;
  readonly path: Path;
  readonly agent: Process;
  server: Process | null;
  open: boolean;
  /** What was sent arrives, whatever becomes of the sender. */
  arrives: boolean;
  readonly toServer: Direction;
  readonly toAgent: Direction;
  /** Tells a side that the connection is over. */
  tellAgent: (why: string) => void;
  tellServer: () => void;
}

export interface NetworkEyes {
  /** A message is handed over to be sent; seen before anything else happens with it. */
  sent(wire: Wire, from: 'agent' | 'server', text: string): void;
  /** A message is being delivered. */
  delivered(wire: Wire, to: 'agent' | 'server', text: string): void;
}

export interface Network {
  transportOf(agent: Process, path: Path): Transport;
  /** Who accepts connections now; null while no server runs. */
  accept(accepting: Accepting | null): void;
  /** Both sides are told soon, and what is under way is lost. */
  cut(wire: Wire): void;
  /** Messages vanish from now on, in one direction or both. */
  loseSilently(wire: Wire, direction: 'to server' | 'to agent' | 'both'): void;
  /** What is under way and what follows arrives only after that time. */
  stall(wire: Wire, ms: number): void;
  /** A process died. `quietly`: its computer is off, so that nobody is told. */
  died(process: Process, quietly: boolean): void;
  wiresOf(path: Path): Wire[];
  readonly wires: ReadonlySet<Wire>;
}

export interface NetworkParts {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly trace: Trace;
  readonly eyes: NetworkEyes;
  /** Milliseconds of a message's way. */
  readonly delay: (random: Random) => number;
}

export function createNetwork({ scheduler, random, trace, eyes, delay }: NetworkParts): Network {
  const wires = new Set<Wire>();
  let accepting: Accepting | null = null;
  let made = 0;

  function later(direction: Direction): number {
    direction.lastAt = Math.max(direction.lastAt, scheduler.now() + delay(random));
    return direction.lastAt;
  }

  function connect(agent: Process, path: Path, listener: ChannelListener): Channel {
    made += 1;
    const direction = (): Direction => ({ lastAt: 0, lost: false, shut: false });
    let told = false;
    const wire: Wire = {
      id: made,
      path,
      agent,
      server: null,
      open: true,
      arrives: false,
      toServer: direction(),
      toAgent: direction(),
      tellAgent: (why) => {
        if (told) return;
        told = true;
        wire.toAgent.shut = true;
        listener.closed(obstacle('connection-ended', why));
      },
      tellServer: () => {},
    };
    wires.add(wire);
    if (path.refusing === 'at once' || (path.refusing === 'no' && !accepting?.process.alive)) {
      scheduler.at(scheduler.now() + delay(random), agent, () => end(wire, 'connection refused'));
    } else if (path.refusing === 'no' && accepting !== null) {
      const { process } = accepting;
      const to = accepting;
      scheduler.at(later(wire.toServer), process, () => establish(wire, to, listener));
    }
    return {
      send(text) {
        if (!wire.open || wire.toAgent.shut) return;
        eyes.sent(wire, 'agent', text);
        if (path.holdsHello > 0 && text.startsWith('{"type":"hello"')) holdHello(wire);
        carry(wire, 'server', text);
      },
      close() {
        if (!wire.open || wire.toAgent.shut) return;
        closeGently(wire, 'agent');
      },
    };
  }

  /** How each side takes a message; filled in when the connection stands. */
  const receivers = new WeakMap<Wire, { server(text: string): void; agent(text: string): void }>();

  function establish(wire: Wire, to: Accepting, listener: ChannelListener): void {
    if (!wire.open) return;
    wire.server = to.process;
    let told = false;
    // The agent hears that it is connected before it hears anything else.
    scheduler.at(later(wire.toAgent), wire.agent, () => {
      if (!wire.toAgent.shut && !wire.toAgent.lost) listener.opened();
    });
    const agent = (text: string) => listener.received(text);
    receivers.set(wire, { agent, server: () => {} });
    const session = to.connect({
      send(text) {
        if (!wire.open || wire.toServer.shut) return;
        eyes.sent(wire, 'server', text);
        carry(wire, 'agent', text);
      },
      close() {
        if (!wire.open || wire.toServer.shut) return;
        closeGently(wire, 'server');
      },
    });
    receivers.set(wire, { agent, server: (text) => session.receive(text) });
    wire.tellServer = () => {
      if (told) return;
      told = true;
      wire.toServer.shut = true;
      session.closed();
    };
  }

  function holdHello(wire: Wire): void {
    wire.toServer.lastAt = scheduler.now() + wire.path.holdsHello;
    wire.arrives = true;
    wire.path.holdsHello = 0;
  }

  function carry(wire: Wire, to: 'agent' | 'server', text: string): void {
    const direction = to === 'agent' ? wire.toAgent : wire.toServer;
    const owner = to === 'agent' ? wire.agent : wire.server;
    if (direction.lost) {
      if (trace.on) trace.say('network', `wire ${wire.id} loses for the ${to}: ${text}`);
      return;
    }
    if (trace.on) trace.say('network', `wire ${wire.id} takes for the ${to}: ${text}`);
    scheduler.at(later(direction), owner, () => {
      if (direction.shut || direction.lost) return;
      if (trace.on) trace.say(to === 'agent' ? wire.agent.name : 'server', `hears on wire ${wire.id}: ${text}`);
      eyes.delivered(wire, to, text);
      receivers.get(wire)?.[to](text);
    });
  }

  /** One side ends the connection: what it said before still arrives, what it would hear doesn't. */
  function closeGently(wire: Wire, by: 'agent' | 'server'): void {
    wire.open = false;
    const [ownEnd, otherEnd] = by === 'agent' ? [wire.toAgent, wire.toServer] : [wire.toServer, wire.toAgent];
    ownEnd.shut = true;
    if (trace.on) trace.say('network', `wire ${wire.id} is closed by the ${by}`);
    const tellOwn = () => (by === 'agent' ? wire.tellAgent('closed') : wire.tellServer());
    scheduler.at(scheduler.now(), by === 'agent' ? wire.agent : wire.server, tellOwn);
    if (!otherEnd.lost) {
      const owner = by === 'agent' ? wire.server : wire.agent;
      scheduler.at(later(otherEnd), owner, () =>
        by === 'agent' ? wire.tellServer() : wire.tellAgent('closed by the server'),
      );
    }
    wires.delete(wire);
  }

  function end(wire: Wire, why: string): void {
    if (!wire.open) return;
    wire.open = false;
    wires.delete(wire);
    if (trace.on) trace.say('network', `wire ${wire.id} is cut: ${why}`);
    wire.toAgent.lost = true;
    wire.toServer.lost = true;
    scheduler.at(scheduler.now() + random.between(0, 20), wire.agent, () => wire.tellAgent(why));
    scheduler.at(scheduler.now() + random.between(0, 20), wire.server, () => wire.tellServer());
  }

  return {
    wires,
    transportOf: (agent, path) => ({ connect: (_url, listener) => connect(agent, path, listener) }),
    accept(next) {
      accepting = next;
    },
    cut: (wire) => end(wire, 'cut'),
    loseSilently(wire, direction) {
      if (trace.on) trace.say('network', `wire ${wire.id} loses everything ${direction}`);
      if (direction !== 'to agent') wire.toServer.lost = true;
      if (direction !== 'to server') wire.toAgent.lost = true;
    },
    stall(wire, ms) {
      const until = scheduler.now() + ms;
      wire.toServer.lastAt = Math.max(wire.toServer.lastAt, until);
      wire.toAgent.lastAt = Math.max(wire.toAgent.lastAt, until);
    },
    died(process, quietly) {
      for (const wire of [...wires]) {
        if (wire.agent !== process && wire.server !== process) continue;
        if (quietly) {
          wire.toServer.lost = true;
          wire.toAgent.lost = true;
        } else if (wire.arrives || random.chance(0.5)) {
          // What it had handed to the system still goes out.
          closeGently(wire, wire.agent === process ? 'agent' : 'server');
        } else {
          end(wire, 'reset');
        }
      }
    },
    wiresOf: (path) => [...wires].filter((wire) => wire.path === path),
  };
}
