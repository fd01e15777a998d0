import { SPOKEN_PROTOCOLS } from '@keyrack/protocol';

/** Why a server doesn't want this agent, or the agent can't go on with it. */
export interface Refusal {
  readonly cause: string;
  readonly message: string;
  /** False: useless until a person acts. */
  readonly retry: boolean;
}

/**
 * The server and this agent have no version of the protocol in common.
 * @param theirs the server's version that is nearest to what this agent speaks
 */
export function otherProtocol(theirs: number): Refusal {
  const { oldest, newest } = SPOKEN_PROTOCOLS;
  if (theirs > newest) {
    const message = `This agent is too old for the server, which speaks the agent protocol from version ${theirs} on, and the agent up to ${newest}. Update the agent: take the program from Front desks in the server's console. What is in its folder stays.`;
    return { cause: 'agent-too-old', message, retry: false };
  }
  const message = `This agent is newer than the server, which speaks the agent protocol up to version ${theirs}, and the agent from ${oldest} on. Update the server, or use the agent of the server's version here.`;
  return { cause: 'agent-too-new', message, retry: false };
}
