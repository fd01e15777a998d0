import {
  AGENT_LIMITS,
  type Nonce,
  type OperationId,
  type Reading,
  type Serial,
  type ServerMessage,
} from '@keyrack/protocol';

export type GrantMessage = Extract<ServerMessage, { type: 'grant' }>;

/** What a worker asked for with `present`. */
export interface Asked {
  readonly nonce: Nonce;
  readonly operation: OperationId;
  readonly serial: Serial;
  readonly content: Reading;
  /** The connection that it was asked on, by identity. */
  readonly connection: object;
  /** Just before asking, in monotonic milliseconds. */
  readonly askedAt: number;
}

/** The moment at which a grant arrives or is to be acted on. */
export interface GrantMoment {
  /** The connection that it came on. */
  readonly connection: object;
  /** Whether the card connection that read the serial still stands. */
  readonly cardAlive: boolean;
  readonly now: number;
}

/** Why a grant isn't obeyed, for people; null when it is (docs/reliability.md, "Why each invariant holds"). */
export function refusalOfGrant(asked: Asked, grant: GrantMessage, moment: GrantMoment): string | null {
  if (grant.nonce !== asked.nonce) return 'the nonce is not the open one';
  if (moment.connection !== asked.connection) return 'it came on another connection than the one that asked';
  if (grant.operation !== asked.operation) return 'it names another operation than was presented';
  if (grant.serial !== asked.serial) return 'it names another card than was presented';
  if (grant.before !== asked.content) return 'it names another content than was presented';
  return refusalOfStart(asked, moment);
}

/** Why a write that is journaled isn't begun after all; null when it is. */
export function refusalOfStart(
  { askedAt }: Pick<Asked, 'askedAt'>,
  { cardAlive, now }: Omit<GrantMoment, 'connection'>,
): string | null {
  if (!cardAlive) return 'the card was taken away';
  const elapsed = now - askedAt;
  // A clock that went back isn't monotonic. The time since asking is unknown then, so the grant isn't obeyed.
  if (elapsed < 0 || elapsed >= AGENT_LIMITS.grantWindowMs) return `its time was over after ${Math.round(elapsed)} ms`;
  return null;
}
