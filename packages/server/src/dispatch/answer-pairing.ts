import { AGENT_PROTOCOL, type AgentId, type AgentMessage, type ServerMessage } from '@keyrack/protocol';
import type { Clock } from '../runtime/clock.ts';
import type { FailureLimit } from '../runtime/failure-limit.ts';
import type { Run } from '../runtime/runner.ts';
import type { Ending } from './server-texts.ts';

/** All codes share one count of failures: who guesses tries many. */
const DOOR = 'pairing';

export interface PairingParts {
  readonly run: Run;
  readonly clock: Clock;
  readonly log: { step(step: string, facts: Readonly<Record<string, unknown>>): void };
  readonly newId: () => string;
  /** Wrong pairing codes of everybody together: so many are nobody's mistake. */
  readonly pairing: FailureLimit;
  /** This agent's identity passed to another computer: its old connection is of no use any more. */
  readonly onIdentityChanged: (agentId: AgentId) => void;
}

/** Trades a one-time code for an identity, and tells how the connection ends: a new agent connects again as itself. */
export async function answerPairing(
  { run, clock, log, pairing, newId, onIdentityChanged }: PairingParts,
  { protocol, code, publicKey, name }: Extract<AgentMessage, { type: 'pair' }>,
  send: (message: ServerMessage) => void,
): Promise<Ending> {
  if (protocol !== AGENT_PROTOCOL) return 'protocol';
  if (pairing.closed(DOOR) !== null) return 'too-many-codes';
  const result = await run('pairAgent', { code, publicKey, name, newId: newId() as AgentId, now: clock.now() });
  if (result.verdict === 'wrong-code') {
    pairing.fail(DOOR);
    return 'wrong-code';
  }
  log.step('paired', { agent: result.agentId });
  send({ type: 'paired', agent: result.agentId, property: result.property });
  onIdentityChanged(result.agentId);
  return 'paired';
}
