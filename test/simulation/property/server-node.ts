import { AGENT_PROTOCOL } from '@keyrack/protocol';
import { createDispatcher } from '@keyrack/server/dispatch/dispatcher.ts';
import type { Queries } from '@keyrack/server/queries/index.ts';
import type { CardRequests } from '@keyrack/server/requests/answers.ts';
import { createCardRequests, type Waits } from '@keyrack/server/requests/card-requests.ts';
import { createCopies } from '@keyrack/server/requests/copies.ts';
import { createOperations } from '@keyrack/server/requests/operations.ts';
import { createBegins } from '@keyrack/server/runtime/begins.ts';
import { createCredentials } from '@keyrack/server/runtime/credentials.ts';
import { createDeadlines } from '@keyrack/server/runtime/deadlines.ts';
import { createOutcomes } from '@keyrack/server/runtime/outcomes.ts';
import { createPairingLimit } from '@keyrack/server/runtime/pairing-limit.ts';
import { createRunner } from '@keyrack/server/runtime/runner.ts';
import { createWrongSignatures } from '@keyrack/server/runtime/wrong-signatures.ts';
import { StoreError } from '@keyrack/server/store/store.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import type { Process } from '../clockwork/computer.ts';
import type { Trace } from '../clockwork/trace.ts';
import type { Database } from '../world/database.ts';
import type { Network } from '../world/network.ts';
import { CARD_KEY } from './hotel.ts';
import type { V1 } from './v1-caller.ts';

/**
 * The server's side of a run of its program: the real parts, wired as `main` wires them. Several could run over one
 * database; the network would have to know which of them an agent reaches.
 */
export interface ServerNode {
  readonly process: Process;
  /** Null until it listens. */
  cardRequests: CardRequests | null;
  v1: V1 | null;
  /** Agents that are connected and caught up. */
  online(): number;
}

export const WAITS: Waits = { cardMs: 12_000, answerMs: 20_000, signInIdleMs: 600_000 };

export interface ServerNodeParts {
  readonly process: Process;
  readonly database: Database<Transactions, Queries>;
  readonly network: Network;
  readonly trace: Trace;
  readonly newId: (of: string) => string;
  /** Journal records that it takes up at once. */
  readonly recordsAtOnce: number;
  /** Whether anybody asks over /v1: without them there are no sets of copies to look for. */
  readonly overV1: boolean;
  /** It has begun, and hears callers from now on. */
  readonly onListening: () => void;
  /** Something failed that isn't the store. */
  readonly onBug: (error: unknown) => void;
  /** It couldn't start. */
  readonly onFailed: () => void;
}

export function startServerNode(parts: ServerNodeParts): ServerNode {
  const { process, database, network, trace, newId } = parts;
  const { clock } = process;
  const node: ServerNode = { process, cardRequests: null, v1: null, online: () => 0 };
  const store = database.open(process);
  const onError = (error: unknown) => {
    if (!(error instanceof StoreError)) parts.onBug(error);
  };

  async function start(): Promise<void> {
    const outcomes = createOutcomes(parts.onBug);
    const run = createRunner(store, outcomes);
    const { read } = store;
    await run('callersGone', { now: clock.now() });
    // As they are, since a check of a real password costs some 20 ms.
    const passwords = { hash: async (md5: string) => md5, verify: async (hash: string, md5: string) => hash === md5 };
    const credentials = createCredentials({ read, clock, passwords, atOnce: 1 });
    const dispatcher = createDispatcher({
      run,
      read,
      outcomes,
      credentials,
      clock,
      quotas: { recordsAtOnce: parts.recordsAtOnce },
      signInIdleMs: WAITS.signInIdleMs,
      newId: () => newId('agent'),
      limitPairing: createPairingLimit(() => clock.monotonic()),
      newChallenge: () => 'A'.repeat(43),
      unsealCardKey: () => CARD_KEY,
      log: {
        step: (step, facts) => trace.on && trace.say('server', `${step} ${JSON.stringify(facts)}`),
        error: (step, error) => {
          if (trace.on) trace.say('server', `${step} failed: ${String(error)}`);
          onError(error);
        },
      },
      failures: {
        note(_source, line, message) {
          if (trace.on) trace.say('server', `${message} ${JSON.stringify(line)}`);
          if ('err' in line) onError(line.err);
        },
      },
    });
    const deadlines = createDeadlines({ run, read, outcomes, clock, onError });
    createBegins({ run, read, clock, onError });
    if (parts.overV1) {
      const operations = createOperations({ run, outcomes, deadlines, agents: dispatcher, clock, waits: WAITS });
      const { begin } = operations;
      const copies = createCopies({ run, read, outcomes, clock, newId: () => newId('operation'), begin, onError });
      await copies.start();
      node.v1 = { run, read, clock, newId: () => newId('operation'), operations, copies };
    }
    node.cardRequests = createCardRequests({
      run,
      read,
      outcomes,
      deadlines,
      credentials,
      wrongSignatures: createWrongSignatures(() => clock.monotonic()),
      agents: dispatcher,
      openSecret: (sealed) => Buffer.from(sealed),
      clock,
      newId: () => newId('operation'),
      waits: WAITS,
      onError,
    });
    node.online = () => dispatcher.online();
    network.accept({
      process,
      connect: (channel) =>
        dispatcher.connect({ address: 'simulated', protocol: AGENT_PROTOCOL, proved: () => {}, ...channel }),
    });
    if (trace.on) trace.say('server', 'listens');
    parts.onListening();
  }

  start().catch((error: unknown) => {
    onError(error);
    parts.onFailed();
  });
  return node;
}
