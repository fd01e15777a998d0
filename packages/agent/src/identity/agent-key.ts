import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type AgentId, challengeText } from '@keyrack/protocol';
import type { AgentIdentity } from '../desk/index.ts';

/** An agent's Ed25519 key pair. The private half never leaves its computer. */
export interface AgentKey {
  readonly privateKey: KeyObject;
  /** The public half as the server keeps it: 32 bytes in base64url. */
  readonly publicKey: string;
}

export function newAgentKey(): AgentKey {
  return withPublicHalf(generateKeyPairSync('ed25519').privateKey);
}

/** @throws the system's error when the text is no Ed25519 private key in PEM (PKCS 8). */
export function readAgentKey(pem: string): AgentKey {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
  return withPublicHalf(privateKey);
}

export function agentKeyPem({ privateKey }: AgentKey): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Proves the agent by signing the server's challenge: a recorded answer is of no use for another one. */
export function identityByKey(agent: AgentId, { privateKey }: AgentKey): AgentIdentity {
  return {
    agent,
    prove: (challenge) => {
      const signature = sign(null, Buffer.from(challengeText(agent, challenge)), privateKey);
      return { by: 'key', signature: signature.toString('base64url') };
    },
  };
}

export function identityByToken(agent: AgentId, token: string): AgentIdentity {
  return { agent, prove: () => ({ by: 'token', token }) };
}

function withPublicHalf(privateKey: KeyObject): AgentKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('not an Ed25519 key');
  return { privateKey, publicKey: x };
}
