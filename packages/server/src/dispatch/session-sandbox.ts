import type { AgentMessage, Mac, SandboxCommand, ServerMessage } from '@keyrack/protocol';
import { SANDBOX } from '../domain/limits.ts';
import type { SandboxReply } from '../runtime/agent-port.ts';
import type { Clock } from '../runtime/clock.ts';

/** What is asked of the simulated encoders of one connection, each question with its answer. */
export interface SessionSandbox {
  ask(encoder: Mac, command: SandboxCommand): Promise<SandboxReply>;
  answer(message: Extract<AgentMessage, { type: 'sandbox' }>): void;
  /** The connection is over: nobody will answer any more. */
  over(): void;
}

export function createSessionSandbox(clock: Clock, send: (message: ServerMessage) => void): SessionSandbox {
  const waiting = new Map<number, (reply: SandboxReply) => void>();
  let requests = 0;
  return {
    ask(encoder, command) {
      if (waiting.size >= SANDBOX.atOnce) return Promise.resolve({ verdict: 'busy' });
      requests += 1;
      const request = requests;
      const { promise, resolve } = Promise.withResolvers<SandboxReply>();
      const timer = clock.setTimeout(() => end({ verdict: 'late' }), SANDBOX.answerMs);
      const end = (reply: SandboxReply) => {
        clock.clearTimeout(timer);
        waiting.delete(request);
        resolve(reply);
      };
      waiting.set(request, end);
      send({ type: 'sandbox', request, encoder, command });
      return promise;
    },
    // One that comes too late, or was never asked for, is nobody's.
    answer: ({ request, answer }) => waiting.get(request)?.(answer),
    over() {
      for (const end of [...waiting.values()]) end({ verdict: 'left' });
    },
  };
}
