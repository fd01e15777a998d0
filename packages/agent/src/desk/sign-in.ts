import type { AgentMessage, ServerMessage } from '@keyrack/protocol';
import type { Clock, Timer } from '../clock.ts';
import { DESK_LIMITS } from './desk-limits.ts';

/** Who wants to sign in: by mobile (with area code) or by e-mail; what isn't used is empty. */
export interface Credentials {
  readonly areaCode: string;
  readonly mobile: string;
  readonly email: string;
  /** md5 of the password, 32 lower-case hex digits, as the room-card API sends it. */
  readonly passwordMd5: string;
}

export type SignInResult =
  /** `member` is null after signing out. */
  | { readonly ok: true; readonly member: string | null }
  /** Refused by the server, or not asked at all (`cause` is one of this agent's own then); the message is for people. */
  | { readonly ok: false; readonly cause: string | null; readonly message: string };

export type SignedInMessage = Extract<ServerMessage, { type: 'signed-in' }>;

export interface SignIns {
  signIn(credentials: Credentials): Promise<SignInResult>;
  signOut(): Promise<SignInResult>;
  answer(message: SignedInMessage): void;
  /** The connection is over: nobody will answer any more. */
  lost(): void;
}

type Question = Extract<AgentMessage, { type: 'sign-in' | 'sign-out' }>;

/** Sign-in and sign-out as calls with an answer. `send` is false while there is no connection. */
export function startSignIns(clock: Clock, send: (message: Question) => boolean): SignIns {
  const waiting = new Map<number, { timer: Timer; resolve: (result: SignInResult) => void }>();
  let requests = 0;

  function ask(build: (request: number) => Question): Promise<SignInResult> {
    return new Promise((resolve) => {
      requests += 1;
      const request = requests;
      const timer = clock.setTimeout(
        () => answer(request, { ok: false, cause: 'no-answer', message: 'The server did not answer; try again.' }),
        DESK_LIMITS.signInMs,
      );
      waiting.set(request, { timer, resolve });
      if (!send(build(request)))
        answer(request, {
          ok: false,
          cause: 'not-connected',
          message: 'Not connected to the server; try again later.',
        });
    });
  }

  function answer(request: number, result: SignInResult): void {
    const asked = waiting.get(request);
    if (asked === undefined) return;
    waiting.delete(request);
    clock.clearTimeout(asked.timer);
    asked.resolve(result);
  }

  return {
    signIn: ({ areaCode, mobile, email, passwordMd5: password }) =>
      ask((request) => ({ type: 'sign-in', request, areaCode, mobile, email, password })),
    signOut: () => ask((request) => ({ type: 'sign-out', request })),
    answer: ({ request, member, cause, message }) => {
      if (request === null) return;
      answer(
        request,
        message === null ? { ok: true, member: member?.name ?? null } : { ok: false, cause: cause ?? null, message },
      );
    },
    lost: () => {
      for (const request of [...waiting.keys()]) {
        answer(request, {
          ok: false,
          cause: 'connection-lost',
          message: 'The connection to the server was lost; try again.',
        });
      }
    },
  };
}
