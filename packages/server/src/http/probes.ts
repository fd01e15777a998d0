import type { FastifyInstance } from 'fastify';

/** Whether the server can do its work now: its database can be written. May take its time or throw, which count as no. */
export type Readiness = () => Promise<boolean>;

/** What a supervisor asks. None of it is logged or counted. */
export const PROBE_PATHS = ['/healthz', '/readyz'] as const;

export function addProbes(app: FastifyInstance, readiness: Readiness, readinessMs: number): void {
  app.get('/healthz', async () => ({ alive: true }));

  app.get('/readyz', async (_request, reply) => {
    const ready = await within(readiness, readinessMs);
    return reply.code(ready ? 200 : 503).send({ ready });
  });
}

/** Where the server proves to a program on its own computer which server it is. */
const PROOF_PATH = '/proof/';

export function isProofPath(path: string): boolean {
  return path.startsWith(PROOF_PATH) && NONCE.test(path.slice(PROOF_PATH.length));
}

const NONCE = /^[0-9a-f]{64}$/;

/** Answers what only this server can make of a nonce. `provesItself` asks for it. None of it is logged or counted. */
export function addProof(app: FastifyInstance, proofOf: (nonce: string) => string): void {
  app.get(`${PROOF_PATH}:nonce(^[0-9a-f]{64}$)`, async (request) => {
    const { nonce } = request.params as { readonly nonce: string };
    return { proof: proofOf(nonce) };
  });
}

async function within(readiness: Readiness, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([readiness(), tooLong]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
