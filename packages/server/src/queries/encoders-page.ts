import type { AgentId, Mac, OperationId } from '@keyrack/protocol';
import { type EncoderFacts, factsOfEncoder, markedAmong } from '../domain/desk-facts.ts';
import type { Ownership } from '../domain/encoder-owner.ts';
import type { Operation } from '../domain/operation.ts';
import type { Encoder } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { claimsOf, nameOfAgent } from './encoder-claims.ts';
import { findEncoder } from './find-encoder.ts';
import { unfinishedAtEncoder } from './unfinished-operations.ts';

interface NamedAgent {
  readonly id: AgentId;
  readonly name: string;
}

/** An operation that waits or is carried out at an encoder. */
export interface QueuedOperation {
  readonly id: OperationId;
  readonly kind: Operation['kind'];
  readonly state: Operation['state'];
  readonly acceptedAt: number;
  readonly deadline: number;
}

/** An encoder with what people want to know of it. */
export interface EncoderDetail {
  readonly facts: EncoderFacts;
  /** What its agent calls it. */
  readonly toldName: string;
  readonly agent: NamedAgent | null;
  readonly ownership: Ownership;
  readonly simulated: boolean;
  /** Other agents that tell of the same MAC. */
  readonly others: readonly NamedAgent[];
  /** Whether it serves card types 2 and 3 at its desk. */
  readonly forSignedIn: boolean;
  /** In the order in which they are carried out. */
  readonly queue: readonly QueuedOperation[];
}

/** Encoders that are looked at for one page: a filter may pass few. */
const LOOKED_AT = 1_000;

interface EncoderPosition {
  readonly id: number;
  readonly mac: string;
}

/** Encoders by their ids. `next` is where the next page begins; null where this is the last. It may be short. */
export function encodersPage(
  tx: ReadTx,
  {
    propertyId,
    agent,
    after,
    limit,
  }: {
    readonly propertyId: string;
    /** Only those that belong to this one. */
    readonly agent: AgentId | null;
    readonly after: EncoderPosition | null;
    readonly limit: number;
  },
): { readonly encoders: EncoderDetail[]; readonly next: EncoderPosition | null } {
  const from = after === null ? {} : { after: { propertyId, id: after.id, mac: after.mac as Mac } };
  const looked = tx.find('encoders', 'byId', [propertyId], { ...from, limit: LOOKED_AT });
  const passed = looked.filter(({ forgotten, agentId }) => !forgotten && (agent === null || agentId === agent));
  const page = passed.slice(0, limit);
  const last = passed.length > limit ? page.at(-1) : looked.length === LOOKED_AT ? looked.at(-1) : undefined;
  return {
    encoders: page.map((encoder) => encoderDetail(tx, encoder)),
    next: last === undefined ? null : { id: last.id, mac: last.mac },
  };
}

export function getEncoder(
  tx: ReadTx,
  input: { readonly propertyId: string; readonly id: number },
): EncoderDetail | null {
  const encoder = findEncoder(tx, input);
  return encoder === null ? null : encoderDetail(tx, encoder);
}

export function encoderDetail(tx: ReadTx, encoder: Encoder): EncoderDetail {
  const { propertyId, mac, agentId, ownership, simulated, name } = encoder;
  const agentOf = (id: AgentId): NamedAgent => ({ id, name: nameOfAgent(tx, propertyId, id) });
  const siblings = agentId === null ? [] : tx.find('encoders', 'byAgent', [propertyId, agentId]);
  return {
    facts: factsOfEncoder(encoder),
    toldName: name,
    agent: agentId === null ? null : agentOf(agentId),
    ownership,
    simulated,
    others: claimsOf(tx, propertyId, mac).map((claim) => agentOf(claim.agentId)),
    forSignedIn: markedAmong(siblings)?.mac === mac,
    queue: unfinishedAtEncoder(tx, propertyId, mac).map(({ id, kind, state, acceptedAt, deadline }) => {
      return { id, kind, state, acceptedAt, deadline };
    }),
  };
}
