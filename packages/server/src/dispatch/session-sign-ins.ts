import type { AgentMessage, ServerMessage } from '@keyrack/protocol';
import { type Cause, explain } from '../domain/causes.ts';
import type { Way } from '../domain/guess-limit.ts';
import type { Creator } from '../domain/people.ts';
import type { SessionRef } from '../queries/fence-session.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Credentials } from '../runtime/credentials.ts';
import type { Run } from '../runtime/runner.ts';
import { SIGN_IN_ENDS, type SignInEnd } from './server-texts.ts';

export interface SessionSignInParts {
  readonly run: Run;
  readonly credentials: Pick<Credentials, 'checkMember'>;
  readonly clock: Clock;
  /** A sign-in without activity for this long has ended. Milliseconds. */
  readonly signInIdleMs: number;
  readonly onSignedOutElsewhere: (propertyId: string, agentId: string) => void;
}

/** What the connection does for its sign-ins. */
export interface SignInConnection {
  readonly send: (message: ServerMessage) => void;
  /** A newer session speaks for this agent. */
  readonly onFenced: () => void;
  /** Somebody at the desk wasn't let in. */
  readonly onRefused: (cause: Cause) => void;
}

/** Who is signed in at the agent of one connection: what it asks for, and the end of a sign-in that was idle. */
export interface SessionSignIns {
  signIn(message: Extract<AgentMessage, { type: 'sign-in' }>, ref: SessionRef): Promise<void>;
  signOut(message: Extract<AgentMessage, { type: 'sign-out' }>, ref: SessionRef): Promise<void>;
  activity(ref: SessionRef): Promise<void>;
  /** Whether the store still counts somebody as signed in here; one who was idle for too long is signed out by asking. */
  isStillIn(ref: SessionRef): Promise<boolean>;
  /** Whether it is time to ask for `endIdle`; true once for each time. Milliseconds of the monotonic clock. */
  isCheckDue(now: number): boolean;
  endIdle(ref: SessionRef): Promise<void>;
  /** Tells that the sign-in here has ended, unless another member has signed in meanwhile. */
  tellEndOf(ref: SessionRef, why: SignInEnd): Promise<void>;
}

export function createSessionSignIns(parts: SessionSignInParts, connection: SignInConnection): SessionSignIns {
  const { run, clock, signInIdleMs: idleMs } = parts;
  const { send } = connection;
  /** When the sign-in here may have been idle for too long. Activity that other nodes hear of moves the end. */
  let checkAt = Number.POSITIVE_INFINITY;

  const tellEnd = (why: SignInEnd) => {
    checkAt = Number.POSITIVE_INFINITY;
    send({ type: 'signed-in', request: null, member: null, cause: why, message: SIGN_IN_ENDS[why] });
  };
  const isStillIn = async (ref: SessionRef): Promise<boolean> => {
    const result = await run('endIdleSignIn', { ...ref, now: clock.now(), idleMs });
    if (result.verdict === 'fenced') connection.onFenced();
    const isIn = result.verdict === 'signed-in';
    checkAt = isIn ? clock.monotonic() + result.remainingMs : Number.POSITIVE_INFINITY;
    return isIn;
  };

  return {
    async signIn({ request, mobile, areaCode, email, password }, ref) {
      const creator: Creator = mobile === '' ? { by: 'email', email } : { by: 'mobile', areaCode, mobile };
      const way: Way = { by: 'desk', agentId: ref.agentId };
      const check = await parts.credentials.checkMember(ref.propertyId, way, creator, password);
      const refused = (cause: Cause, facts = {}) => {
        connection.onRefused(cause);
        send({ type: 'signed-in', request, member: null, cause, message: explain(cause, facts) });
      };
      if (!check.ok) return refused(check.refusal.cause, check.refusal.facts);
      const { id: memberId, version: memberVersion } = check.member;
      const result = await run('signIn', { ...ref, memberId, memberVersion, now: clock.now() });
      if (result.verdict === 'fenced') return connection.onFenced();
      if (result.verdict === 'changed-meanwhile') return refused('member-inactive');
      if (result.left !== null) parts.onSignedOutElsewhere(ref.propertyId, result.left);
      checkAt = clock.monotonic() + idleMs;
      send({ type: 'signed-in', request, member: { name: result.name }, message: null });
    },
    async signOut({ request }, ref) {
      const result = await run('signOut', { ...ref, now: clock.now() });
      if (result.verdict === 'fenced') return connection.onFenced();
      send({ type: 'signed-in', request, member: null, message: null });
    },
    async activity(ref) {
      const result = await run('renewSignIn', { ...ref, now: clock.now(), idleMs });
      if (result.verdict === 'fenced') return connection.onFenced();
      if (result.verdict === 'nobody') tellEnd('sign-in-idle');
    },
    isStillIn,
    isCheckDue(now) {
      if (now < checkAt) return false;
      checkAt = Number.POSITIVE_INFINITY;
      return true;
    },
    async endIdle(ref) {
      if (!(await isStillIn(ref))) tellEnd('sign-in-idle');
    },
    async tellEndOf(ref, why) {
      if (!(await isStillIn(ref))) tellEnd(why);
    },
  };
}
