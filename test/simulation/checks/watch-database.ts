import { type AgentId, BLANK, type CardContent, type EncoderInfo, type Reading, type Serial } from '@keyrack/protocol';
import { isTerminal, type Operation } from '@keyrack/server/domain/operation.ts';
import type { Agent, Card, Encoder } from '@keyrack/server/domain/places.ts';
import type { SessionRef } from '@keyrack/server/queries/fence-session.ts';
import type { Fact } from '@keyrack/server/store/row-types.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import type { AcceptResult } from '@keyrack/server/transactions/accept/accept-request.ts';
import type { CatchUp, Greeting } from '@keyrack/server/transactions/journal/catch-up.ts';
import { hasYetToCatchUp } from '@keyrack/server/transactions/journal/hold-after-restore.ts';
import type { RecordPiece } from '@keyrack/server/transactions/journal/record-piece.ts';
import { PROPERTY } from '../property/hotel.ts';
import type { DatabaseEyes, Executed, RowChange } from '../world/database.ts';
import { checkAccepted } from './check-accepted.ts';
import { checkCopies } from './check-copies.ts';
import { checkBegun, checkDoors, checkEnded, noteArrival } from './check-doors.ts';
import { checkGrant } from './check-grant.ts';
import { checkJournal } from './check-journal.ts';
import { checkOverV1, ranWithin } from './check-over-v1.ts';
import { checkReading } from './check-reading.ts';
import { hasEffect, type Ledger, othersWith, taleOf } from './ledger.ts';
import type { Verdict } from './verdict.ts';

export interface DatabaseWatchParts {
  readonly ledger: Ledger;
  readonly verdict: Verdict;
  readonly contentOf: (serial: Serial) => Reading;
  readonly signInIdleMs: number;
  readonly now: () => number;
  readonly unknownBecause: (cause: string) => void;
}

/** After these a caller waits for the operation. */
const ACCEPTING = ['acceptCancel', 'acceptIssue', 'acceptRead'];
const UNCHANGED = ['rejected', 'expired', 'withdrawn'];

/** Sees every transaction, and checks what it records against what happened. */
export function watchDatabase(parts: DatabaseWatchParts): DatabaseEyes {
  const { ledger, verdict, contentOf } = parts;
  let grants = 0;

  function operationChanged(before: Operation | undefined, after: Operation, executed: Executed, tx: ReadTx): void {
    if (before !== undefined && isTerminal(before) && before.state !== after.state) {
      verdict.fail('terminal states', `${after.id} was ${before.state} and becomes ${after.state}`);
      return;
    }
    checkTold(before, after, tx);
    if (before?.state === after.state && before.grant?.nonce === after.grant?.nonce) {
      return;
    }
    if (after.serial !== null) ledger.dirty.add(after.serial);
    checkReading(after, executed, tx, ledger, verdict);
    const tale = taleOf(ledger, after.id);
    const { grant } = after;
    const fail: Verdict['fail'] = ledger.setBack.has(after.id) ? () => {} : verdict.fail;
    switch (after.state) {
      case 'accepted':
        if (hasEffect(tale)) fail('true outcome', `${after.id} may be carried out again, and it was written`);
        return;
      case 'granted':
        if (grant === null) return;
        if (after.held) {
          if (!ledger.grants.has(grant.nonce)) fail('true outcome', `${after.id} was never granted so`);
          return;
        }
        grants += 1;
        ledger.grants.set(grant.nonce, {
          ...grant,
          operation: after.id,
          kind: after.kind,
          place: grants,
          durable: false,
        });
        if (after.kind === 'issue' && after.recordId !== null) {
          noteWritten(after.recordId, grant.target);
          noteArrival(tx, after.recordId, grant.at, ledger);
        }
        checkGrant(before, after, executed, tx, parts);
        return;
      case 'succeeded': {
        if (after.kind === 'read' || grant === null) return;
        const { effect } = tale;
        const right = effect === null ? grant.before === grant.target : effect.after === grant.target;
        if (!right) fail('true outcome', `${after.id} succeeded and left ${effect?.after ?? 'the card as it was'}`);
        checkDoors(tx, after, (executed.input as { now: number }).now, parts);
        return;
      }
      case 'rejected':
      case 'expired':
      case 'withdrawn':
        checkDecline(executed, after);
        if (hasEffect(tale)) fail('no change', `${after.id} is ${after.state} and changed the card`);
        if (tale.told === 'succeeded')
          fail('callers were told the truth', `${after.id} is ${after.state} and was told to have succeeded`);
        return;
      case 'damaged': {
        const { effect } = tale;
        if (effect === null || effect.after === grant?.target || effect.after === grant?.before)
          fail('true outcome', `${after.id} is damaged and left ${effect?.after ?? 'the card as it was'}`);
        return;
      }
      case 'unknown':
        parts.unknownBecause(after.cause);
        if (!isJustified(after))
          verdict.fail('justified unknown', `${after.id} is unknown (${after.cause}) without a reason`);
        return;
      case 'written-off':
        if (ledger.restores === 0) verdict.fail('justified unknown', `${after.id} is written off without a restore`);
        return;
    }
  }

  /** Whoever counts as told has been answered: otherwise a repeat after a crash would make one more card. */
  function checkTold(before: Operation | undefined, after: Operation, tx: ReadTx): void {
    const { id, kind, state, caller, serial, recordId } = after;
    if (kind !== 'issue' || state !== 'succeeded' || caller !== 'told' || before?.caller === 'told') return;
    if (ledger.restores > 0 || taleOf(ledger, id).told === 'succeeded') return;
    const card = serial === null ? undefined : tx.get('cards', PROPERTY, serial);
    const record = recordId === null ? undefined : tx.get('cardRecords', PROPERTY, recordId);
    // That the card was changed since is an answer too.
    const isStillIssued = record?.status === 'active' && card?.lastGranted === id && card.plastic === 'written';
    if (isStillIssued) verdict.fail('callers were told the truth', `${id} counts as told, and nobody was answered`);
  }

  function encoderChanged(before: Encoder | undefined, { mac, agentId }: Encoder, tx: ReadTx): void {
    if (before === undefined || before.agentId === agentId) return;
    const granted = tx.find('operations', 'openByEncoder', [PROPERTY, mac]).find(({ state }) => state === 'granted');
    if (granted !== undefined)
      verdict.fail('encoder stays', `${mac} moves to ${agentId}, and ${granted.id} is granted there`);
  }

  function noteWritten(recordId: string, target: CardContent): void {
    ledger.written.delete(recordId);
    ledger.written.set(recordId, target);
  }

  function isJustified({ cause, grant }: Extract<Operation, { state: 'unknown' }>): boolean {
    if (ledger.restores > 0) return true;
    switch (cause) {
      case 'outcome-unknown':
        // Judged when the agent journaled it.
        return true;
      case 'agent-restarted':
        // A copy of its folder is another process too, and there is no telling them apart.
        return (
          ledger.processOfInstance.get(grant.instance)?.alive === false || ledger.journalTrouble.has(grant.agentId)
        );
      case 'journal-lost':
        return ledger.journalTrouble.has(grant.agentId);
      default:
        return false;
    }
  }

  /** What is done on an agent's behalf is done for its newest session, or not at all. */
  function checkFence({ name, input, changes }: Executed, tx: ReadTx): void {
    if (name === 'startSession' || changes.length === 0) return;
    const { session, agentId } = (input ?? {}) as { session?: number; agentId?: AgentId };
    if (session === undefined || agentId === undefined) return;
    const changed = changes.find(({ table, before }) => table === 'agents' && (before as Agent).id === agentId);
    const agent = (changed?.before as Agent | undefined) ?? tx.get('agents', PROPERTY, agentId);
    if (agent?.session !== session || agent.state !== 'active')
      verdict.fail('fenced', `${name} of session ${session} changes something in session ${agent?.session}`);
  }

  function noteEnd(before: Operation | undefined, after: Operation): void {
    if (isTerminal(after) && (before === undefined || !isTerminal(before))) ledger.endedAt.set(after.id, parts.now());
  }

  function noteWaiting(accepted: AcceptResult): void {
    if (accepted.verdict === 'refused') return;
    const id = accepted.verdict === 'already-done' ? accepted.operationId : accepted.operation.id;
    if (id !== null) ledger.waitedSince.set(id, parts.now());
  }

  /** Which encoders each agent told of last, by what the server has recorded of it. */
  function noteEncoders({ name, input, result }: Executed): void {
    if ((result as { verdict?: string } | null)?.verdict === 'fenced') return;
    const tell = (agentId: AgentId, encoders: readonly EncoderInfo[]) =>
      ledger.named.set(agentId, new Set(encoders.map(({ mac }) => mac)));
    if (name === 'catchUp') tell((input as CatchUp).agentId, (input as CatchUp).greeting.encoders);
    if (name === 'changeEncoders') {
      const { agentId, encoders } = input as { agentId: AgentId; encoders: readonly EncoderInfo[] };
      tell(agentId, encoders);
    }
    // The server holds it for a dead computer: it has to say anew what it has.
    const { owner } = (input ?? {}) as { owner?: AgentId };
    if (name === 'ownerSilent' && owner !== undefined && (result as { encoders: unknown[] }).encoders.length > 0)
      ledger.named.delete(owner);
  }

  /** Whoever declines has the encoder, and nobody else. */
  function checkDecline({ name, input }: Executed, { id, encoder }: Operation): void {
    if (name !== 'declineOperation') return;
    const { agentId } = input as SessionRef;
    const other = othersWith(ledger, encoder, agentId);
    const isOwn = ledger.named.get(agentId)?.has(encoder) ?? true;
    if (other !== undefined || !isOwn)
      verdict.fail('own encoders', `${agentId} declines ${id}, at an encoder that ${other ?? 'it has not'}`);
  }

  function checkAlreadyDone({ name, input, result }: Executed): void {
    if (name !== 'acceptCancel') return;
    const accepted = result as AcceptResult;
    const isDone =
      accepted.verdict === 'already-done' ||
      (accepted.verdict === 'joined' && accepted.operation.state === 'succeeded');
    if (!isDone) return;
    const { serial } = input as { serial: Serial };
    if (ledger.unreportedRestores === 0 && contentOf(serial) !== BLANK)
      verdict.fail(
        'callers were told the truth',
        `card ${serial} is told to be cancelled and holds ${contentOf(serial)}`,
      );
  }

  function epochChanged({ name, input }: Executed): void {
    if (name === 'operator: restored') return;
    // A copy may have caught up first, and behind the one that it was copied from.
    const forked = ledger.restores > 0 && ledger.journalTrouble.has((input as { agentId: AgentId }).agentId);
    if (ledger.unreportedRestores === 0 && !forked)
      verdict.fail('no false restore', 'everything is held and nothing was restored');
  }

  /** An agent tells of a restore when more of its journal was acknowledged than the database knows. */
  function noteCaughtUp({ name, input, changes }: Executed, tx: ReadTx): void {
    const greeting = greetingIn(name, input);
    if (greeting === null || ledger.unreportedRestores === 0 || changes.length === 0) return;
    const { agentId } = input as SessionRef;
    const { id, acknowledged } = greeting.journal;
    const known = changes.find(({ table }) => table === 'agents')?.before as Agent | undefined;
    const ahead = known?.journal === id && (acknowledged?.number ?? 0) > (known.cursor?.number ?? 0);
    // One that hasn't been heard since an earlier restore tells of that one.
    const hadYetToCatchUp =
      hasYetToCatchUp(tx, agentId) || changes.some(({ table, after }) => table === 'facts' && !after);
    if (ahead && (changes.some(isNewEpoch) || !hadYetToCatchUp)) restoreReported(ledger, changes, tx);
  }

  return {
    executed(whole, tx) {
      checkOverV1(whole, tx, ledger, verdict);
      const executed = ranWithin(whole);
      checkCopies(executed, tx, ledger, verdict);
      if (executed.changes.some(isNewEpoch)) epochChanged(executed);
      noteCaughtUp(executed, tx);
      for (const change of executed.changes) {
        switch (change.table) {
          case 'operations':
            operationChanged(change.before as Operation | undefined, change.after as Operation, executed, tx);
            break;
          case 'cards':
            ledger.dirty.add((change.after as Card).serial);
            break;
          case 'encoders':
            encoderChanged(change.before as Encoder | undefined, change.after as Encoder, tx);
            break;
          default:
        }
      }
      checkBegun(tx, executed, parts);
      for (const change of executed.changes) checkEnded(tx, change, parts);
      noteEncoders(executed);
      checkFence(executed, tx);
      checkAlreadyDone(executed);
      checkAccepted(executed, tx, verdict);
      checkJournal(executed, tx, ledger, verdict);
    },
    answered(whole) {
      const { name, result, changes } = ranWithin(whole);
      if (ACCEPTING.includes(name)) noteWaiting(result as AcceptResult);
      for (const { table, before, after } of changes) {
        if (table === 'operations') noteEnd(before as Operation | undefined, after as Operation);
      }
    },
    durable({ changes }) {
      for (const { table, after } of changes) {
        if (table === 'operations') {
          const nonce = (after as Operation).grant?.nonce;
          const grant = nonce === undefined ? undefined : ledger.grants.get(nonce);
          if (grant !== undefined) grant.durable = true;
        } else if (table === 'agents') {
          noteCursor(ledger, after as Agent);
        }
      }
    },
    undone({ changes, input }) {
      const { agentId } = (input ?? {}) as { agentId?: AgentId };
      if (agentId !== undefined) ledger.named.delete(agentId);
      for (const change of changes) markDirty(ledger, change);
    },
  };
}

/** What the agent tells of itself, where the transaction is one of its catch-up. */
function greetingIn(name: string, input: unknown): Greeting | null {
  if (name === 'catchUp') return (input as CatchUp).greeting;
  return name === 'recordPiece' ? ((input as RecordPiece).catchUp?.greeting ?? null) : null;
}

export function noteCursor(ledger: Ledger, { id, journal, cursor }: Agent): void {
  ledger.durableCursor.set(id, { journal, number: cursor?.number ?? 0 });
}

function isNewEpoch({ table, after }: RowChange): boolean {
  return table === 'facts' && (after as Fact | undefined)?.name === 'life';
}

/** The server knows of the restore from now on, and may do nothing any more to what wasn't granted before. */
function restoreReported(ledger: Ledger, changes: readonly RowChange[], tx: ReadTx): void {
  ledger.unreportedRestores = 0;
  for (const id of ledger.setBack) {
    const changed = changes.find(({ table, after }) => table === 'operations' && (after as Operation).id === id);
    const before = (changed?.before as Operation | undefined) ?? tx.get('operations', PROPERTY, id);
    if (before?.state === 'accepted') ledger.setBack.delete(id);
  }
}

function markDirty(ledger: Ledger, { table, before, after }: RowChange): void {
  if (table === 'cards') ledger.dirty.add(((after ?? before) as Card).serial);
}

export function endedUnchanged(tx: ReadTx, id: string): boolean {
  const operation = tx.get('operations', PROPERTY, id);
  return operation !== undefined && UNCHANGED.includes(operation.state);
}
