import { AGENT_PROTOCOL, type AgentId, type AgentMessage, isSpoken, type ServerMessage } from '@keyrack/protocol';
import type { Clock } from '../runtime/clock.ts';
import type { PairingLimit } from '../runtime/pairing-limit.ts';
import type { Run } from '../runtime/runner.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';
import type { Ending } from './server-texts.ts';

export interface PairingParts {
  readonly run: Run;
  readonly clock: Clock;
  readonly log: { step(step: string, facts: Readonly<Record<string, unknown>>): void };
  readonly newId: () => string;
  readonly limitPairing: PairingLimit;
  /** This agent's identity passed to another computer: its old connection is of no use, and its encoders are others'. */
  readonly onIdentityChanged: (agentId: AgentId, encoders: readonly OwnerChange[]) => void;
}

/** How a connection ends that was to pair an agent. */
const PAIRING_ENDS = {
  right: 'paired',
  wrong: 'wrong-code',
  closed: 'too-many-codes',
  busy: 'pairing-busy',
} as const satisfies Record<Awaited<ReturnType<PairingLimit>>, Ending>;

/** Trades a one-time code for an identity, and tells how the connection ends: a new agent connects again as itself. */
export async function answerPairing(
  { run, clock, log, limitPairing, newId, onIdentityChanged }: PairingParts,
  { protocol, code, publicKey, name, known }: Extract<AgentMessage, { type: 'pair' }>,
  address: string,
  send: (message: ServerMessage) => void,
): Promise<Ending> {
  if (!isSpoken(protocol)) return protocol > AGENT_PROTOCOL ? 'agent-too-new' : 'agent-too-old';
  let isAnother = false;
  const outcome = await limitPairing(code, address, async () => {
    const offer = { code, publicKey, name, known: known ?? null, newId: newId() as AgentId, now: clock.now() };
    const result = await run('pairAgent', offer);
    if (result.verdict === 'wrong-code') return false;
    isAnother = result.verdict === 'paired-already';
    // The code is right, and whoever knows it has nothing to guess.
    if (result.verdict === 'paired-already') return true;
    log.step('paired', { agent: result.agentId });
    send({ type: 'paired', agent: result.agentId, property: result.property });
    onIdentityChanged(result.agentId, result.encoders);
    return true;
  });
  return isAnother ? 'paired-already' : PAIRING_ENDS[outcome];
}
