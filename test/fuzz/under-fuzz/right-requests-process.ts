import { startAgent } from '@keyrack/agent/start-agent.ts';
import { startTcpProxy } from '../../world/tcp-proxy.ts';
import { createProbes, type Probe, type ProbeOptions } from './right-probes.ts';

// A desk where all is right, and requests as its property's software sends them, at a steady rate. Each is told to the
// parent. A process of its own, so that what keeps the one that fuzzes busy isn't taken for the server's slowness.

export interface RightResult {
  readonly type: 'right';
  readonly kind: Probe['kind'];
  readonly ms: number;
  /** Null where it was answered as it must be. */
  readonly failure: string | null;
}

export interface RightReady {
  readonly type: 'ready';
}

/** Each kind of request is sent once in this time. Milliseconds. */
const EVERY_MS = 1_000;

const options = JSON.parse(process.argv[2] ?? '{}') as ProbeOptions;
const { desk, port, address } = options;
const line = await startTcpProxy(port, address);
const agent = await startAgent({
  server: `ws://127.0.0.1:${line.port}/agent`,
  folder: desk.folder,
  agent: desk.agent,
  token: desk.token,
  encoders: desk.encoders,
});
while (agent.desk.state().connection.status !== 'online') await new Promise((resolve) => setTimeout(resolve, 20));

const say = (message: RightResult | RightReady) => void process.send?.(message);
const probes = createProbes(options);
let round = 0;
const timer = setInterval(() => {
  const probe = probes[round % probes.length];
  round += 1;
  if (probe === undefined) return;
  const begun = performance.now();
  // Not waited for: one that takes long doesn't keep the next from being sent.
  void probe.send().then((failure) => say({ type: 'right', kind: probe.kind, ms: performance.now() - begun, failure }));
}, EVERY_MS / probes.length);
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => {
  clearInterval(timer);
  void agent.stop().then(() => process.exit(0));
});
say({ type: 'ready' });
