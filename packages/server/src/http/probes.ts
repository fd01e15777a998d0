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
