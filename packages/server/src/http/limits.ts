import { LISTENER_LIMITS, type ListenerLimits } from '../listener/limits.ts';

export interface HttpLimits extends ListenerLimits {
  /** How long the readiness check may take. Milliseconds. */
  readonly readinessMs: number;
}

export const HTTP_LIMITS: HttpLimits = { ...LISTENER_LIMITS, readinessMs: 2_000 };

export interface MetricsLimits extends ListenerLimits {
  /** Metrics are computed anew when they are this old: those who ask in between are told the same. Milliseconds. */
  readonly freshMs: number;
}

/** Prometheus asks every few seconds, over one connection; a person beside it opens a few more. */
export const METRICS_LIMITS: MetricsLimits = {
  ...LISTENER_LIMITS,
  connections: 16,
  spareConnections: 4,
  requestsAtOnce: 1,
  requestsHeld: 16,
  stop: { answeringMs: 1_000, othersMs: 0 },
  freshMs: 100,
};
