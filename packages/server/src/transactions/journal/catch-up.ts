import type {
  EncoderInfo,
  InstanceId,
  JournalPosition,
  JournalRecord,
  Mac,
  Nonce,
  OperationId,
} from '@keyrack/protocol';
import type { Operation, OperationEvent } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import { currentEpoch, hintEpoch } from '../../queries/current-epoch.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import { change } from '../outcome/record-next-state.ts';
import { noteLifted } from '../outcome/unlifted-cards.ts';
import { endAbsence } from './agent-absence.ts';
import { applyRecords, cursorAfter, hintRecords } from './apply-records.ts';
import { type Attached, attachEncoders, hintAttached } from './attach-encoders.ts';
import { type Changes, isSuspended } from './changes.ts';
import { compareJournal, type ReportedJournal } from './compare-journal.ts';
import { suspendAgent, unfinishedOfAgent } from './give-up-journal.ts';
import { hintYetToCatchUp, noteCaughtUp } from './hold-after-restore.ts';

/** What an agent told of itself in its `hello`. */
export interface Greeting {
  readonly instance: InstanceId;
  readonly encoders: readonly EncoderInfo[];
  readonly journal: ReportedJournal;
}

export interface CatchUp extends SessionRef {
  readonly greeting: Greeting;
  readonly records: readonly JournalRecord[];
  readonly inProgress: readonly { readonly nonce: Nonce; readonly operation: OperationId }[];
  /** Encoders whose card was lifted since the agent last wrote there. */
  readonly lifted: readonly Mac[];
  readonly now: number;
}

export type CatchUpResult =
  | Fenced
  | (CaughtUp &
      Attached & {
        /** The epoch of the database in which it was judged. */
        readonly epoch: number;
      });

type CaughtUp = Changes &
  (
    | {
        readonly verdict: 'caught-up';
        readonly position: JournalPosition;
        readonly signedIn: string | null;
        /** Told to be lifted at encoders that are another agent's. */
        readonly liftedElsewhere: readonly Mac[];
      }
    /** The journal isn't the one that is known here: the agent begins a new one and connects again. */
    | { readonly verdict: 'replace' }
    /** The agent must end what it is doing before a restored database can trust what it says; it connects again. */
    | { readonly verdict: 'not-yet' }
    /** The agent isn't believed any more: its journal has another past than is known here, or told too much. */
    | { readonly verdict: 'suspended' }
  );

/**
 * Once per connection, before any prompt, all in one: what the agent's journal is worth, its records, and then what
 * became of the nonces that were open. The process that asked is believed about its nonce; after a restart only a
 * journaled result counts.
 */
export function catchUp(tx: Tx, input: CatchUp): CatchUpResult {
  const known = fence(tx, input);
  if (known === null) return FENCED;
  const { greeting, now } = input;
  const agent = { ...known, instance: greeting.instance };
  tx.put('agents', agent);
  const attached = attachEncoders(tx, agent, greeting.encoders, now);
  const compared = compareJournal(tx, agent, greeting.journal, input.records, now);
  const result = compared.verdict === 'continue' ? takeOver(tx, compared.agent, input) : { ...compared, changed: [] };
  return { ...result, changed: [...compared.changed, ...result.changed], epoch: currentEpoch(tx), ...attached };
}

/** The journal's records first, and then the nonces that were open. */
function takeOver(tx: Tx, agent: Agent, input: CatchUp): CaughtUp {
  const { now } = input;
  const open = unfinishedOfAgent(tx, agent);
  const held = open.some((operation) => operation.held);
  if (held && input.inProgress.length > 0) return { verdict: 'not-yet', changed: [] };
  const applied = applyRecords(tx, agent, input.records, now);
  if (applied === null) return { verdict: 'suspended', changed: suspendAgent(tx, agent, now) };

  if (isSuspended(tx, agent)) return { verdict: 'suspended', changed: applied };

  const changed = [...applied];
  const inProgress = new Set(input.inProgress.map((each) => each.nonce));
  const replayed = new Set(applied.map((operation) => operation.id));
  for (const operation of input.records.length === 0 ? open : unfinishedOfAgent(tx, agent)) {
    const event = operation.held
      ? heldEvent(replayed.has(operation.id), now)
      : nonceInUseEvent(operation, inProgress, agent.instance, now);
    const next = event === null ? null : change(tx, operation, event, now, `agent ${agent.id}`);
    if (next !== null) changed.push(next);
  }
  const position = cursorAfter(tx, agent, input.records);
  const current = tx.get('agents', agent.propertyId, agent.id) ?? agent;
  tx.put('agents', { ...current, cursor: position });
  noteCaughtUp(tx, agent.id);
  endAbsence(tx, agent, now);
  const liftedElsewhere = input.lifted.filter((encoder) => !noteLifted(tx, agent, encoder));
  const [signIn] = tx.find('signIns', 'byAgent', [agent.propertyId, agent.id]);
  const member = signIn === undefined ? undefined : tx.get('members', agent.propertyId, signIn.memberId);
  return { verdict: 'caught-up', position, changed, signedIn: member?.name ?? null, liftedElsewhere };
}

/** A `write` that the journal began and never ended is unknown; what it doesn't mention at all is written off. */
function heldEvent(begun: boolean, now: number): OperationEvent {
  return begun ? { type: 'lost', cause: 'agent-restarted' } : { type: 'written-off', at: now };
}

function nonceInUseEvent(
  operation: Operation,
  inProgress: ReadonlySet<Nonce>,
  instance: string | null,
  now: number,
): OperationEvent | null {
  if (operation.state !== 'granted') return null;
  if (operation.grant.instance !== instance) return { type: 'lost', cause: 'agent-restarted' };
  if (inProgress.has(operation.grant.nonce)) return null;
  return { type: 'not-written', cause: 'not-carried-out', at: now };
}

catchUp.hints = (hint: Hint, input: CatchUp) => {
  const { propertyId, agentId, greeting, records, lifted } = input;
  hintFence(hint, input);
  hintAttached(hint, input, greeting.encoders);
  hint.get('retiredJournals', propertyId, agentId, greeting.journal.id);
  hint.find('operations', 'openByAgent', [propertyId, agentId]);
  hintRecords(hint, propertyId, records);
  hintEpoch(hint);
  hintYetToCatchUp(hint, agentId);
  hint.get('agentAbsences', propertyId, agentId);
  for (const mac of lifted) hint.get('encoders', propertyId, mac);
  const signIn = hint.find('signIns', 'byAgent', [propertyId, agentId]);
  hint.get('members', propertyId, signIn.of('memberId'));
};
