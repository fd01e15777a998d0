import { createHash, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { type AgentMessage, challengeText } from '@keyrack/protocol';
import type { Agent } from '../domain/places.ts';

type Hello = Extract<AgentMessage, { type: 'hello' }>;

/** Whether the one who says hello is this agent: by its enrolment token, or its key's signature of our challenge. */
export function provesAgent(agent: Agent, hello: Hello, challenge: string): boolean {
  if (hello.proof.by === 'token') {
    if (agent.tokenHash === null) return false;
    const shown = createHash('sha256').update(hello.proof.token).digest();
    return timingSafeEqual(shown, Buffer.from(agent.tokenHash, 'hex'));
  }
  if (agent.publicKey === null) return false;
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: agent.publicKey } });
  const text = Buffer.from(challengeText(agent.id, challenge));
  return verify(null, text, key, Buffer.from(hello.proof.signature, 'base64url'));
}
