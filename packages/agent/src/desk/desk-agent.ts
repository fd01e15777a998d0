import type { AgentId, AgentMessage, OfferedArchive, OperationId } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import type { Encoder } from '../encoder/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Transport } from '../link/index.ts';
import type { AgentLog } from '../log.ts';
import type { Randomness } from '../randomness.ts';
import type { DeskSandbox, SandboxHands } from './desk-sandbox.ts';
import type { DeskState, Notice } from './desk-state.ts';
import type { Credentials, SignInResult } from './sign-in.ts';

export interface DeskEncoder {
  readonly encoder: Encoder;
  /** Marked for the card types whose requests name no encoder. At most one of an agent's. */
  readonly forSignedIn: boolean;
  /** It is made of memory alone: the server is told so. */
  readonly simulated?: true | undefined;
}

export interface AgentIdentity {
  readonly agent: AgentId;
  /** Proves who this is, by a token or by signing the server's challenge (`challengeText`). */
  prove(challenge: string): Extract<AgentMessage, { type: 'hello' }>['proof'];
}

export interface DeskParts {
  readonly url: string;
  readonly identity: AgentIdentity;
  /** Name and version of this program, for the server's log. At most 40 characters. */
  readonly software: string;
  readonly journal: Journal;
  readonly encoders: readonly DeskEncoder[];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: AgentLog;
  /** Who signs in whenever the agent comes online and nobody is signed in. */
  readonly signIn?: Credentials | undefined;
  /** What drives the simulated encoders for the server. Nothing does unless told. */
  readonly sandbox?: ((hands: SandboxHands) => DeskSandbox) | undefined;
}

/** The agent at work: one connection to the server, and a worker for every encoder. Runs from its making to `stop`. */
export interface DeskAgent {
  state(): DeskState;
  /** Calls `listener` whenever `state` may tell something new (remaining times aside). Returns what ends it. */
  onChange(listener: () => void): () => void;
  signIn(credentials: Credentials): Promise<SignInResult>;
  signOut(): Promise<SignInResult>;
  /** The signed-in member did something at this computer. */
  activity(): void;
  /** The person at the desk doesn't want that operation. False when it isn't asked for, or is being written. */
  decline(operation: OperationId): boolean;
  /** Which version of this program the server offers for a system; rejects with an UpdateFailure where it can't be asked. */
  askOffer(system: string): Promise<OfferedArchive | null>;
  /** Tells the server which version this computer tried in vain, now or when it is connected. */
  tellUpdateFailed(failed: { readonly version: string; readonly cause: string; readonly why: string }): void;
  /** Replaces the list of encoders. The worker of a removed encoder first finishes its write. */
  setEncoders(encoders: readonly DeskEncoder[]): Promise<void>;
  /** Tells the person at the desk of something else on this computer; null when it is over. */
  setNotice(about: string, notice: Notice | null): void;
  /** Resolves when nothing more can be executed until the agent is started again, with the reason. */
  whenFailed(): Promise<string>;
  /**
   * Finishes the write under way and ends the connection. Journal and encoders stay open: the caller opened them, and
   * closes them.
   */
  stop(): Promise<void>;
}
