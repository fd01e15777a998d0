import { type EncoderInfo, type Mac, TELLS_CALLED, TELLS_DISPUTES } from '@keyrack/protocol';
import type { CalledEncoder, Dispute } from '../queries/encoder-claims.ts';
import type { SessionRef } from '../queries/fence-session.ts';
import type { SessionParts } from './agent-session.ts';
import type { SessionConnection } from './session-connection.ts';

/** The encoders that the agent of one connection names, and what it was told about them. */
export interface SessionEncoders {
  all(): readonly EncoderInfo[];
  /** The agent named others since. */
  change(present: readonly EncoderInfo[], ref: SessionRef): Promise<void>;
  /** The agent says that the card there was lifted. */
  lifted(encoder: Mac, ref: SessionRef): Promise<void>;
  /** The catch-up said so of encoders that belonged to other agents. */
  liftedElsewhere(encoders: readonly Mac[]): void;
  /** Whether the agent said so while the encoder was another agent's: it doesn't say it again. */
  wasLiftedElsewhere(encoder: Mac): boolean;
  /** Records that the agent was heard, which decides about an encoder that another agent names too. */
  recordHeard(ref: SessionRef): Promise<void>;
  /** Tells what changed of its disputes, and of what people called its encoders. */
  tellDisputes(ref: SessionRef): Promise<void>;
  /** Sends these disputes, unless the agent was told the same before. */
  sayDisputes(disputes: readonly Dispute[]): void;
  /** The same for what people called its encoders. */
  sayCalled(called: readonly CalledEncoder[]): void;
}

/** Most agents have no such encoder: one empty set serves all. */
const NONE: ReadonlySet<Mac> = new Set();

/** `named`: by the hello. `onChanged` hears of the encoders that the agent has no longer. */
export function createSessionEncoders(
  { run, read, clock, onOwners }: Pick<SessionParts, 'run' | 'read' | 'clock' | 'onOwners'>,
  connection: SessionConnection,
  named: readonly EncoderInfo[],
  onChanged: (gone: readonly EncoderInfo[]) => void,
): SessionEncoders {
  let encoders = named;
  /** Encoders whose card the agent said was lifted while they were another agent's. */
  let liftedBefore: ReadonlySet<Mac> = NONE;
  let saidDisputes = '[]';
  let saidCalled = '[]';

  const has = (encoder: Mac) => encoders.some(({ mac }) => mac === encoder);
  const sayDisputes = (disputes: readonly Dispute[]) => {
    const text = JSON.stringify(disputes);
    if (text === saidDisputes || connection.protocol < TELLS_DISPUTES) return;
    saidDisputes = text;
    const told = disputes.map(({ encoder, others }) => ({ encoder, others: [...others] }));
    connection.send({ type: 'disputes', disputes: told });
  };

  const sayCalled = (called: readonly CalledEncoder[]) => {
    const text = JSON.stringify(called);
    if (text === saidCalled || connection.protocol < TELLS_CALLED) return;
    saidCalled = text;
    connection.send({ type: 'called', encoders: [...called] });
  };

  return {
    all: () => encoders,
    async change(present, ref) {
      const result = await run('changeEncoders', { ...ref, encoders: present, now: clock.now() });
      if (result.verdict === 'fenced') return connection.end('replaced');
      const gone = encoders.filter(({ mac }) => !present.some((each) => each.mac === mac));
      encoders = present;
      liftedBefore = liftedBefore.difference(new Set(gone.map(({ mac }) => mac)));
      sayDisputes(result.disputes);
      sayCalled(result.called);
      onChanged(gone);
      onOwners(result.encoders);
    },
    async lifted(encoder, ref) {
      const result = await run('cardLifted', { ...ref, encoder });
      if (result.verdict === 'fenced') return connection.end('replaced');
      if (result.isOwn) liftedBefore = liftedBefore.difference(new Set([encoder]));
      else if (has(encoder)) liftedBefore = liftedBefore.union(new Set([encoder]));
    },
    liftedElsewhere(others) {
      const own = others.filter(has);
      if (own.length > 0) liftedBefore = liftedBefore.union(new Set(own));
    },
    wasLiftedElsewhere: (encoder) => liftedBefore.has(encoder),
    async recordHeard(ref) {
      const named = encoders.map(({ mac }) => mac);
      const result = await run('ownerHeard', { ...ref, named, now: clock.now() });
      if (result.verdict === 'fenced') return connection.end('replaced');
      onOwners(result.encoders);
    },
    async tellDisputes(ref) {
      const result = await read('findDisputes', ref);
      if (result.verdict === 'fenced') return connection.end('replaced');
      sayDisputes(result.disputes);
      sayCalled(result.called);
    },
    sayDisputes,
    sayCalled,
  };
}
