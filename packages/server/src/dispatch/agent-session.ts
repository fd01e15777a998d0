import type { EncoderInfo, Mac, OfferedArchive, OperationId, SandboxCommand, Serial } from '@keyrack/protocol';
import type { Cause } from '../domain/causes.ts';
import type { AgentQuotas } from '../domain/limits.ts';
import type { Operation } from '../domain/operation.ts';
import type { Agent } from '../domain/places.ts';
import type { SandboxReply } from '../runtime/agent-port.ts';
import type { Credentials } from '../runtime/credentials.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import type { FirstPrompt } from '../transactions/accept/accept-request.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';
import type { AgentShares } from './agent-work-shares.ts';
import type { PairingParts } from './answer-pairing.ts';
import type { Ending, SignInEnd } from './server-texts.ts';
import type { SessionCardParts } from './session-cards.ts';
import type { InTurn } from './work-in-turns.ts';

export interface SessionParts extends PairingParts, Pick<SessionCardParts, 'read' | 'unsealCardKey'> {
  readonly credentials: Pick<Credentials, 'checkMember'>;
  readonly signInIdleMs: number;
  readonly quotas: AgentQuotas;
  readonly shares: Pick<AgentShares, 'spend' | 'waitMs'>;
  /** Long work of this agent takes turns with that of the others. */
  readonly inTurn: InTurn;
  readonly log: SessionLog;
  /** Counts what failed before an agent proved who it is: anybody can fail there, so the log is bounded. */
  readonly failures: Pick<FailureLog, 'note'>;
  /** The agent has proved who it is: an older session of it that isn't welcome yet never will be. */
  readonly onProved: (session: AgentSession) => void;
  /** The session took over: prompts may be sent, and an older session of the same agent is of no use any more. */
  readonly onWelcome: (session: AgentSession) => void;
  /** The agent has other encoders than before, and no longer those in `gone`. */
  readonly onEncoders: (session: AgentSession, gone: readonly EncoderInfo[]) => void;
  /** The agent said something, after its hello named its encoders. It may still be catching up. */
  readonly onHeard: (session: AgentSession) => void;
  /** Encoders changed hands, or began or ceased to be in dispute. */
  readonly onOwners: (changes: readonly OwnerChange[]) => void;
  /** The epoch of the database as a transaction just found it. It is a new one after a restore. */
  readonly onEpoch: (epoch: number) => void;
  /** Whether the database has been restored since this epoch. */
  readonly isPastEpoch: (epoch: number) => boolean;
  /** The newest archive of the agent for a system; null where this server has none. */
  readonly offerFor: (system: string) => Promise<OfferedArchive | null>;
  readonly onSignedOutElsewhere: (propertyId: string, agentId: string) => void;
  readonly onEnd: (session: AgentSession) => void;
}

/** One line per step, tied by operation id. */
export interface SessionLog {
  step(step: string, facts: Readonly<Record<string, unknown>>): void;
  error(step: string, error: unknown, facts: Readonly<Record<string, unknown>>): void;
}

/** What a session remembers of its agent: the store has the rest, and ten thousand copies of it would take memory. */
export type SessionAgent = Pick<Agent, 'id' | 'propertyId'>;

/** One connection of an agent, from the challenge to its end. */
export interface AgentSession {
  /** Null until the agent has proved who it is. */
  readonly agent: () => SessionAgent | null;
  readonly encoders: () => readonly EncoderInfo[];
  /** The epoch of the database in which the agent caught up; null until it did. */
  readonly epoch: () => number | null;
  /** A text came in. Messages are handled one after the other. */
  receive(text: string): void;
  /** Bytes came in, perhaps of a message that isn't whole yet. */
  heard(): void;
  /** Asks for what comes first at this encoder. */
  prompt(encoder: Mac): void;
  /** Asks for this operation without reading the store, since it was just found to come first at its encoder. */
  promptFirst(operation: Operation, prompt: FirstPrompt): void;
  /** Records that its agent was heard. The silent one of two agents that name the same encoder loses it. */
  noteHeard(): void;
  /** Tells which of its encoders are in dispute, where that may have changed. */
  tellDisputes(): void;
  withdraw(operation: OperationId, cause: Cause): void;
  settle(serials: readonly Serial[]): void;
  tellSignedOut(why: SignInEnd): void;
  /** Has a simulated encoder of this agent do something. */
  askSandbox(encoder: Mac, command: SandboxCommand): Promise<SandboxReply>;
  /** Sends a ping when it is time, and gives the connection up when nothing was heard for too long. */
  beat(heartbeatMs: number, silenceMs: number): void;
  end(ending: Ending): void;
  /** The connection is gone. */
  closed(): void;
  /** After its end: resolves when the message that was being worked on has had all its effect. */
  drained(): Promise<void>;
}
