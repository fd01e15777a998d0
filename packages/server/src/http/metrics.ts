import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is looked up when somebody asks, since others keep it. */
export interface Gauges {
  agentsConnected(): number;
  /** How many operations are under way or wait, by encoder; those without any may be left out. */
  queueLengths(): Iterable<readonly [encoder: string, length: number]>;
  /** The room on the disk of the data folder; null where nobody knows it. Bytes. */
  diskSpace(): { readonly freeBytes: number; readonly sizeBytes: number } | null;
}

export interface RequestSample {
  /** Name of an endpoint, or `other`: never a path, which anybody can make up. */
  readonly endpoint: string;
  /** Of the envelope. */
  readonly status: number;
  readonly seconds: number;
}

/** What the server counts. Each part takes the methods that it calls, and none of them fails. */
export interface Metrics {
  requestAnswered(sample: RequestSample): void;
  /** A request whose signature isn't its account's, or whose account doesn't exist. */
  badSignature(): void;
  /** An operation reached a state, terminal or not; `cause` is null where there is none. */
  operationReached(kind: string, state: string, cause: string | null): void;
  /** There were too many connections, and one was closed: a new one as it came, or an idle one to make room. */
  connectionClosed(which: 'new' | 'idle'): void;
  /** All of it as Prometheus reads it. */
  text(): Promise<string>;
  readonly contentType: string;
}

/**
 * `gauges` is asked at every `text`. `processMetrics` adds what Node tells of itself: memory, event loop, garbage
 * collection.
 */
export function createMetrics(gauges: Gauges, options: { readonly processMetrics?: boolean } = {}): Metrics {
  // A registry of its own: several servers in one process, as in tests, don't count into each other.
  const registry = new Registry();
  const registers = [registry];
  if (options.processMetrics === true) collectDefaultMetrics({ register: registry, prefix: 'keyrack_' });

  const requests = new Counter({
    name: 'keyrack_requests_total',
    help: 'Answered requests, by endpoint and status of the envelope',
    labelNames: ['endpoint', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'keyrack_request_duration_seconds',
    help: 'From the request to its answer; cancelCard waits for a card meanwhile',
    labelNames: ['endpoint'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const badSignatures = new Counter({
    name: 'keyrack_bad_signatures_total',
    help: 'Requests with a wrong signature or an unknown account',
    registers,
  });
  const operations = new Counter({
    name: 'keyrack_operations_total',
    help: 'States that operations reached, by kind, state and cause',
    labelNames: ['kind', 'state', 'cause'],
    registers,
  });
  const dropped = new Counter({
    name: 'keyrack_connections_dropped_total',
    help: 'Connections that were closed as they came because there were too many',
    registers,
  });
  const shed = new Counter({
    name: 'keyrack_idle_connections_closed_total',
    help: 'Idle connections that were closed early because there were nearly too many',
    registers,
  });
  new Gauge({
    name: 'keyrack_agents_connected',
    help: 'Agents with a live connection to this node',
    registers,
    collect() {
      this.set(gauges.agentsConnected());
    },
  });
  new Gauge({
    name: 'keyrack_encoder_queue_length',
    help: 'Operations under way or waiting, by encoder',
    labelNames: ['encoder'],
    registers,
    collect() {
      this.reset();
      for (const [encoder, length] of gauges.queueLengths()) this.set({ encoder }, length);
    },
  });
  for (const [name, help, of] of [
    ['keyrack_disk_free_bytes', 'Room on the disk of the data folder', 'freeBytes'],
    ['keyrack_disk_size_bytes', 'Size of the disk of the data folder', 'sizeBytes'],
  ] as const) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(gauges.diskSpace()?.[of] ?? Number.NaN);
      },
    });
  }

  return {
    requestAnswered(sample) {
      requests.inc({ endpoint: sample.endpoint, status: sample.status });
      seconds.observe({ endpoint: sample.endpoint }, sample.seconds);
    },
    badSignature: () => badSignatures.inc(),
    operationReached: (kind, state, cause) => operations.inc({ kind, state, cause: cause ?? '' }),
    connectionClosed: (which) => (which === 'new' ? dropped : shed).inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
