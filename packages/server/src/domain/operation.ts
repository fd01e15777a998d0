import type {
  AgentId,
  CardContent,
  InstanceId,
  Mac,
  Nonce,
  OperationId,
  Reading,
  Serial,
  WriteOutcome,
} from '@keyrack/protocol';
import type { Cause } from './causes.ts';
import type { CardType } from './lock-type.ts';

/** The server's durable word that `target` may be written to this serial over `before`. */
export interface Grant {
  readonly nonce: Nonce;
  readonly agentId: AgentId;
  readonly session: number;
  /** The process that asked. Only the same one is believed about what became of the nonce without a journal record. */
  readonly instance: InstanceId;
  readonly serial: Serial;
  readonly before: CardContent;
  readonly target: CardContent;
  readonly at: number;
  /** The epoch of the database in which it was given. Nobody here knows what happened to the card in a lost epoch. */
  readonly life: number;
}

/** `told`: heard how it ended, so that the same request sent again is a new one. */
export type Caller = 'waiting' | 'left' | 'told-open' | 'told';

interface Request {
  readonly propertyId: string;
  readonly id: OperationId;
  readonly kind: 'issue' | 'read' | 'cancel';
  /** Order of acceptance within the property: the number of the audit record that tells of it. */
  readonly place: number;
  /** The developer account that asked, or null for a member's own request. */
  readonly accountSid: string | null;
  /** Or an API key: see requester.ts. */
  readonly memberId: string;
  readonly cardType: CardType;
  readonly encoder: Mac;
  /** The agent that it was routed to; after a grant, the one that holds it. */
  readonly agentId: AgentId;
  /** The card that it is about: wanted (cancel) or granted (issue); null while any card will do. */
  readonly serial: Serial | null;
  readonly recordId: string | null;
  /** What tells a repeat of the same request: see `requestKey`. */
  readonly request: string;
  readonly acceptedAt: number;
  /** Nothing is granted from this instant on. Unix milliseconds. */
  readonly deadline: number;
  /** Accepted or granted in a restored database, and its agent hasn't told yet what it did: nothing may happen to it. */
  readonly held: boolean;
  /** Whether the one who asked is there, hung up, or was told that the outcome is open: decides what a repeat joins. */
  readonly caller: Caller;
  /** When the caller left or was told. Unix milliseconds. */
  readonly callerAt: number;
  /** What a read found; null for other kinds and until then. */
  readonly reading: Reading | null;
  /** Whether a card was opened for it. A read then may find what lay there before a later request was sent. */
  readonly opened: boolean;
  /** The card that was shown last and wouldn't do, until one is granted. */
  readonly shown: Serial | null;
}

export type Accepted = Request & {
  readonly state: 'accepted';
  readonly grant: null;
  readonly cause: Cause | null;
  readonly settledAt: null;
};
export type Granted = Request & {
  readonly state: 'granted';
  readonly grant: Grant;
  readonly cause: null;
  readonly settledAt: null;
};
export type Unknown = Request & {
  readonly state: 'unknown';
  readonly grant: Grant;
  readonly cause: Cause;
  readonly settledAt: null;
};
export type TerminalState = 'succeeded' | 'rejected' | 'damaged' | 'expired' | 'withdrawn' | 'written-off';
export type Settled = Request & {
  readonly state: TerminalState;
  readonly grant: Grant | null;
  readonly cause: Cause | null;
  readonly settledAt: number;
};
export type Operation = Accepted | Granted | Unknown | Settled;
export type OperationState = Operation['state'];

export type OperationEvent =
  /** A card was opened for it: its keys are about to be sent. */
  | { readonly type: 'opened' }
  /**
   * A card was shown that will not do, or what lies there can't be used; remembered, to say so should the time run out.
   * Null when that is over.
   */
  | { readonly type: 'put-off'; readonly cause: Cause | null; readonly serial: Serial | null }
  | { readonly type: 'granted'; readonly grant: Grant; readonly recordId: string | null }
  | { readonly type: 'read'; readonly serial: Serial; readonly reading: Reading; readonly at: number }
  /** `serial`: the card that a read refused; null where it was no card. */
  | { readonly type: 'refused'; readonly cause: Cause; readonly serial: Serial | null; readonly at: number }
  /** `waitedMs`: for how long it is known to have waited, by a clock that can't be set back. */
  | { readonly type: 'expired'; readonly at: number; readonly waitedMs: number }
  | { readonly type: 'withdrawn'; readonly cause: Cause; readonly at: number }
  /** The agent did not obey the grant and never will. */
  | { readonly type: 'not-written'; readonly cause: Cause; readonly at: number }
  /** The agent's journal tells how the write ended. */
  | { readonly type: 'result'; readonly outcome: WriteOutcome; readonly at: number }
  /** The one who could have told is gone. */
  | { readonly type: 'lost'; readonly cause: Cause }
  /** The card was read after the write must have been over. */
  | { readonly type: 'settled'; readonly reading: Reading; readonly at: number }
  | { readonly type: 'written-off'; readonly at: number }
  /** A restored database learns of a grant that it had forgotten. */
  | { readonly type: 'replayed'; readonly grant: Grant };

export function isTerminal(operation: Operation): operation is Settled {
  return operation.state !== 'accepted' && operation.state !== 'granted' && operation.state !== 'unknown';
}

/**
 * How long an operation may still wait, in milliseconds: never longer than its whole wait, where the clock was set back
 * since.
 */
export function remainingMs({ deadline, acceptedAt }: Operation, now: number): number {
  return Math.max(0, Math.min(deadline - now, deadline - acceptedAt));
}

/**
 * Whether the same request, sent again, would do something else than the first time. A cancel that succeeded is found
 * done, and a read touches nothing but itself.
 */
export function mattersWhoHeard({ kind, state }: Operation): boolean {
  return state !== 'succeeded' || kind === 'issue';
}

/**
 * What a reading says about a write (docs/architecture.md, "What makes it right when something dies"). The target comes
 * first: a no-op write has succeeded.
 */
export function conclude(grant: Grant, reading: Reading): 'succeeded' | 'rejected' | 'damaged' {
  if (reading === grant.target) return 'succeeded';
  return reading === grant.before ? 'rejected' : 'damaged';
}

/**
 * The operation after an event, or null when the event doesn't apply in its state: it came late, twice, or for an
 * operation that a restored database holds. Terminal states have no successor.
 */
export function advance(operation: Operation, event: OperationEvent): Operation | null {
  switch (operation.state) {
    case 'accepted':
      return operation.held ? advanceHeld(operation, event) : advanceAccepted(operation, event);
    case 'granted':
      return operation.held ? advanceHeld(operation, event) : advanceGranted(operation, event);
    case 'unknown':
      return advanceUnknown(operation, event);
    default:
      return null;
  }
}

function advanceAccepted(operation: Accepted, event: OperationEvent): Operation | null {
  switch (event.type) {
    case 'opened':
      return { ...operation, opened: true };
    case 'put-off':
      return { ...operation, cause: event.cause, shown: event.serial };
    case 'granted': {
      const { grant, recordId } = event;
      if (grant.at >= operation.deadline) return null;
      return {
        ...operation,
        state: 'granted',
        grant,
        recordId,
        serial: grant.serial,
        agentId: grant.agentId,
        cause: null,
        shown: null,
      };
    }
    case 'read':
      return { ...settle(operation, 'succeeded', null, event.at), serial: event.serial, reading: event.reading };
    case 'refused':
      return { ...settle(operation, 'rejected', event.cause, event.at), shown: event.serial ?? operation.shown };
    case 'expired':
      return event.at < operation.deadline && event.waitedMs < operation.deadline - operation.acceptedAt
        ? null
        : settle(operation, 'expired', operation.cause ?? 'no-card', event.at);
    case 'withdrawn':
      return settle(operation, 'withdrawn', event.cause, event.at);
    default:
      return null;
  }
}

function advanceGranted(operation: Granted, event: OperationEvent): Operation | null {
  switch (event.type) {
    case 'not-written': {
      if (event.at >= operation.deadline) return settle(operation, 'rejected', event.cause, event.at);
      // An issue takes any blank card: the one that was refused binds it no longer.
      const serial = operation.kind === 'issue' ? null : operation.serial;
      return { ...operation, state: 'accepted', grant: null, cause: event.cause, serial };
    }
    case 'result':
      return ended(operation, event.outcome, event.at);
    case 'lost':
      return { ...operation, state: 'unknown', cause: event.cause };
    case 'settled':
      return ended(operation, conclude(operation.grant, event.reading), event.at);
    default:
      return null;
  }
}

function advanceUnknown(operation: Unknown, event: OperationEvent): Operation | null {
  switch (event.type) {
    case 'result':
      return event.outcome === 'unknown' ? null : ended(operation, event.outcome, event.at);
    case 'settled':
      return ended(operation, conclude(operation.grant, event.reading), event.at);
    case 'written-off':
      return settle(operation, 'written-off', 'written-off', event.at);
    default:
      return null;
  }
}

/** In a restored database, only the agent's records speak, and what they leave untold is written off. */
function advanceHeld(operation: Accepted | Granted, event: OperationEvent): Operation | null {
  switch (event.type) {
    case 'replayed': {
      const { grant } = event;
      return { ...operation, state: 'granted', grant, serial: grant.serial, cause: null, held: true };
    }
    case 'result':
      return operation.state === 'granted' ? ended({ ...operation, held: false }, event.outcome, event.at) : null;
    case 'lost':
      return operation.state === 'granted' ? { ...operation, state: 'unknown', held: false, cause: event.cause } : null;
    case 'written-off':
      return settle({ ...operation, held: false }, 'written-off', 'written-off', event.at);
    default:
      return null;
  }
}

function ended(operation: Granted | Unknown, outcome: WriteOutcome, at: number): Operation {
  switch (outcome) {
    case 'succeeded':
      return settle(operation, 'succeeded', null, at);
    case 'rejected':
      return settle(operation, 'rejected', 'write-failed', at);
    case 'damaged':
      return settle(operation, 'damaged', 'card-damaged', at);
    case 'unknown':
      return { ...operation, state: 'unknown', cause: 'outcome-unknown' };
  }
}

function settle(
  operation: Accepted | Granted | Unknown,
  state: TerminalState,
  cause: Cause | null,
  settledAt: number,
): Settled {
  return { ...operation, state, cause, settledAt };
}
