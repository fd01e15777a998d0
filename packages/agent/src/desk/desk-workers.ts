import { type EncoderInfo, HAS_SANDBOX, type Mac, type OperationId, type Serial } from '@keyrack/protocol';
import type { ServerConnection, WorkMessage } from '../link/index.ts';
import type { AnswerMessage } from './awaited-answer.ts';
import type { DeskEncoder } from './desk-agent.ts';
import type { DeskEncoderState } from './desk-state.ts';
import type { EncoderWorker } from './encoder-worker.ts';

type Ending = Parameters<EncoderWorker['drop']>[1];

/** The workers of all encoders that this computer has now. */
export interface DeskWorkers {
  of(mac: Mac): EncoderWorker | undefined;
  /** Replaces the list of encoders. The worker of a removed encoder first finishes its write. */
  replace(encoders: readonly DeskEncoder[]): Promise<void>;
  /** What the server is told of each encoder. */
  infos(protocol: number): EncoderInfo[];
  /** What people called encoders at the server, and chose for them. Replaces what was told before. */
  call(called: readonly CalledEncoder[]): void;
  states(disputes: ReadonlyMap<Mac, readonly string[]>): DeskEncoderState[];
  begin(connection: ServerConnection): void;
  lose(connection: ServerConnection): void;
  /** The cards that the server wants settled. Encoders that come later hear of them too. */
  settle(serials: readonly Serial[]): void;
  /** Takes the operation from the encoder where it waits. False where none waits, or it is being written. */
  drop(operation: OperationId, how: Ending): boolean;
  /** False when nobody here waits for it. */
  answer(message: AnswerMessage, from: ServerConnection): boolean;
  /** The encoders whose card was lifted and that haven't said so on this connection. Counts as said. */
  tellLifted(connection: ServerConnection): Mac[];
  /** Begins nothing more; resolves when each write under way has ended. */
  stop(): Promise<void>;
}

type CalledEncoder = Extract<WorkMessage, { type: 'called' }>['encoders'][number];

interface DeskWorker {
  readonly worker: EncoderWorker;
  readonly desk: DeskEncoder;
}

export function startDeskWorkers(
  encoders: readonly DeskEncoder[],
  startWorker: (desk: DeskEncoder) => EncoderWorker,
): DeskWorkers {
  let connection: ServerConnection | null = null;
  let settling: readonly Serial[] = [];
  let called: ReadonlyMap<Mac, CalledEncoder> = new Map();

  function start(desk: DeskEncoder): DeskWorker {
    const worker = startWorker(desk);
    if (connection !== null) worker.begin(connection);
    worker.settle(settling);
    return { worker, desk };
  }
  let workers = encoders.map(start);

  return {
    of: (mac) => workers.find(({ worker }) => worker.mac === mac)?.worker,
    replace: async (next) => {
      const gone = workers.filter(({ desk }) => !next.some(({ encoder }) => encoder === desk.encoder));
      await Promise.all(gone.map(({ worker }) => worker.stop()));
      workers = next.map((desk) => {
        const known = workers.find(({ desk: { encoder } }) => encoder === desk.encoder);
        return known === undefined ? start(desk) : { ...known, desk };
      });
    },
    infos: (protocol) =>
      workers.map(({ desk: { encoder, forSignedIn, simulated } }) => ({
        mac: encoder.mac,
        name: encoder.name,
        forSignedIn,
        ...(simulated && protocol >= HAS_SANDBOX && { simulated }),
      })),
    states: (disputes) =>
      workers.map(({ worker, desk }) => {
        const state = worker.state();
        const { name, forSignedIn } = called.get(worker.mac) ?? { name: state.name, forSignedIn: desk.forSignedIn };
        return { ...state, name, forSignedIn, disputedWith: disputes.get(worker.mac) ?? [] };
      }),
    call: (told) => {
      called = new Map(told.map((each) => [each.encoder, each]));
    },
    begin: (to) => {
      connection = to;
      for (const { worker } of workers) worker.begin(to);
    },
    lose: (from) => {
      for (const { worker } of workers) worker.lose(from);
      if (connection !== from) return;
      connection = null;
      settling = [];
    },
    settle: (serials) => {
      settling = serials;
      for (const { worker } of workers) worker.settle(serials);
    },
    drop: (operation, how) => workers.filter(({ worker }) => worker.drop(operation, how)).length > 0,
    answer: (message, from) => workers.some(({ worker }) => worker.answer(message, from)),
    tellLifted: (to) => workers.filter(({ worker }) => worker.tellLifted(to)).map(({ worker }) => worker.mac),
    stop: async () => {
      await Promise.all(workers.map(({ worker }) => worker.stop()));
    },
  };
}
