import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentsToServer, ServerUse } from './agents-connect/messages.ts';

// How long a server takes to welcome all of its agents when they come at once, as after its restart, and what an idle
// one costs it. Prints medians of all rounds. Server and agents are processes of their own, over real sockets on
// loopback; each agent proves an Ed25519 key. Run: npm run bench:agents [-- AGENTS ROUNDS]

const AGENTS = Number(process.argv[2] ?? 5_000);
const ROUNDS = Number(process.argv[3] ?? 5);
/** Connections that aren't welcomed by then fail the round. Milliseconds. */
const MOST_MS = 30_000;

interface Round {
  readonly welcomedMs: readonly number[];
  readonly empty: ServerUse;
  readonly full: ServerUse;
}

const rounds: Round[] = [];
for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure());

console.log(`${AGENTS} agents at once, medians of ${ROUNDS} rounds (least to most)`);
for (const [name, share] of Object.entries({ 'half welcomed': 0.5, '95 % welcomed': 0.95, 'all welcomed': 1 })) {
  const times = rounds.map(({ welcomedMs }) => (welcomedMs[Math.ceil(share * AGENTS) - 1] ?? Number.NaN) / 1000);
  console.log(`${name.padEnd(24)} ${spread(times, 2)} s`);
}
const cpu = rounds.map(({ empty, full }) => (full.cpuMs - empty.cpuMs) / AGENTS);
console.log(`${'server CPU per agent'.padEnd(24)} ${spread(cpu, 2)} ms`);
for (const kind of ['rss', 'heap', 'external'] as const) {
  const each = rounds.map(({ empty, full }) => (full[kind] - empty[kind]) / AGENTS / 1024);
  console.log(`${`${kind} per idle agent`.padEnd(24)} ${spread(each, 1)} KiB`);
}

async function measure(): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-bench-'));
  const server = start('server.ts', ['--expose-gc'], [folder]);
  const agents = start('agents.ts', [], [String(AGENTS)]);
  try {
    const identities = (await said(agents)) as AgentsToServer;
    server.send(identities);
    const url = (await said(server)) as string;
    const empty = await useOf(server);
    agents.send({ url, mostMs: MOST_MS });
    const welcomedMs = (await said(agents)) as number[];
    if (welcomedMs.length < AGENTS) {
      throw new Error(`only ${welcomedMs.length} of ${AGENTS} agents were welcomed within ${MOST_MS / 1000} s`);
    }
    return { welcomedMs, empty, full: await useOf(server) };
  } finally {
    await Promise.all([agents, server].map(end));
    rmSync(folder, { recursive: true });
  }
}

async function useOf(server: ChildProcess): Promise<ServerUse> {
  server.send('use');
  return (await said(server)) as ServerUse;
}

function start(file: string, execArgv: string[], args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(`agents-connect/${file}`, import.meta.url)), args, { execArgv });
}

async function said(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`a process ended with ${code}`)));
  ended.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  return message;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function spread(values: readonly number[], digits: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => (sorted[index] ?? Number.NaN).toFixed(digits);
  return `${at(sorted.length >> 1)} (${at(0)} to ${at(sorted.length - 1)})`;
}
