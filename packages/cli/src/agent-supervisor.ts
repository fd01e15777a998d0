import { type ChildProcess, spawn } from 'node:child_process';
import {
  beginSupervision,
  currentVersion,
  discard,
  isThere,
  keepLastUpdate,
  type LastUpdate,
  lateChange,
  makeCurrent,
  type ProgramFolder,
  programOf,
  readLastUpdate,
  type SupervisionInput,
  type SupervisionStep,
  settleRecord,
  supervise,
  tidy,
} from '@keyrack/agent';
import { VERSION } from '@keyrack/protocol/version.ts';
import { SUPERVISED_BY } from './agent-updatable.ts';
import { explain } from './exit.ts';
import { toSupervisor } from './supervisor-messages.ts';

/** How long a child may take to end what it is writing; the unit allows the whole of it 20 s. Milliseconds. */
const END_MS = 15_000;
/** For so long after a change-over the version before runs again where the new one crashes repeatedly. Milliseconds. */
const PROBATION_MS = 10 * 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Supervised {
  readonly folder: ProgramFolder;
  /** The agent's data folder, which has to hold what became of an update. */
  readonly data: string;
  /** What was typed behind `keyrack`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long a new version has to connect to the server. Milliseconds. */
  readonly trialMs: number;
  /** What the child tells of itself. */
  readonly onNews: (news: object) => void;
  readonly err: (text: string) => void;
}

/**
 * Runs the agent as a child, and resolves to the exit code when that is over. The child may ask for another version to be started in its
 * place, which has to prove itself: see `supervise`. Whatever ends this process, its child notices that and ends too.
 */
export async function superviseAgent({ folder, data, args, env, trialMs, onNews, err }: Supervised): Promise<number> {
  const current = currentVersion(folder);
  await settle();
  let [state, steps] = beginSupervision(current, await versionBefore());
  let child: ChildProcess | null = null;
  let starts = 0;
  let endTimer: NodeJS.Timeout | undefined;
  let trialTimer: NodeJS.Timeout | undefined;
  let probationTimer: NodeJS.Timeout | undefined;
  const { promise: over, resolve: end } = Promise.withResolvers<number>();

  /** Inputs wait until the steps before them are taken: a child may end while something is being written. */
  let last: Promise<void> = Promise.resolve();
  const hear = (input: SupervisionInput) => {
    last = last
      .then(() => take(input))
      .catch((error: unknown) => {
        err(`The agent's supervisor failed: ${explain(error).message}`);
        child?.kill('SIGKILL');
        end(1);
      });
  };
  async function take(input: SupervisionInput): Promise<void> {
    [state, steps] = supervise(state, input);
    await takeSteps();
  }
  async function takeSteps(): Promise<void> {
    for (const step of steps) {
      const answer = await carryOut(step);
      // Steps that are answered come last of theirs.
      if (answer !== null) await take(answer);
    }
  }

  async function carryOut(step: SupervisionStep): Promise<SupervisionInput | null> {
    switch (step.do) {
      case 'start':
        start(step.version, step.trial);
        return null;
      case 'end-child':
        endChild();
        return null;
      case 'kill-child':
        child?.kill('SIGKILL');
        return null;
      case 'refuse':
        tellChild({ refused: step.failure });
        return null;
      case 'note': {
        const noted = await wrote(keepLastUpdate(data, { ...step.last, at: Date.now() }));
        tell(step.last);
        return step.answered ? noted : null;
      }
      case 'watch':
        clearTimeout(probationTimer);
        probationTimer = setTimeout(() => hear({ type: 'probation-over' }), PROBATION_MS);
        return null;
      case 'make-current':
        return wrote(makeCurrent(folder, step.version));
      case 'tidy':
        // Where this process itself runs from is kept too.
        await tidy(folder, [...step.keep, VERSION]);
        return null;
      case 'discard':
        if (step.version !== VERSION) await discard(folder, step.version);
        return null;
      case 'exit':
        end(step.code);
        return null;
    }
  }

  function tell({ from, to, outcome, why }: Pick<LastUpdate, 'from' | 'to' | 'outcome' | 'why'>): void {
    if (outcome === 'done') onNews({ status: `updated from ${from} to ${to}` });
    if (outcome === 'failed') err(`The update to ${to} came to nothing, and ${from} runs on. ${why ?? ''}`.trim());
  }

  function start(version: string, trial: boolean): void {
    clearTimeout(endTimer);
    const { node, main } = programOf(folder, version);
    starts += 1;
    const started = spawn(node, [main, ...args], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      // A code pairs once: a child that isn't the first has its identity.
      env: { ...env, [SUPERVISED_BY]: starts === 1 ? 'first' : 'again' },
      windowsHide: true,
    });
    child = started;
    let isOver = false;
    const ended = (how: string, code: number | null) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(endTimer);
      clearTimeout(trialTimer);
      if (child === started) child = null;
      hear({ type: 'ended', how, code });
    };
    started.on('message', (message: object) => {
      const told = toSupervisor.safeParse(message).data?.update;
      if (told === undefined) return onNews(message);
      if ('connected' in told) return hear({ type: 'connected' });
      void isThere(folder, told.changeOver).then((there) => {
        if (there) return hear({ type: 'change-over', next: told.changeOver });
        tellChild({ refused: { cause: 'bad-archive', why: `Version ${told.changeOver} isn't there whole.` } });
      });
    });
    started.once('error', (error) => ended(`can't be started: ${error.message}`, null));
    started.once('exit', (code, signal) =>
      ended(signal === null ? `ended with code ${code}` : `was ended by ${signal}`, code),
    );
    if (trial) trialTimer = setTimeout(() => hear({ type: 'trial-over' }), trialMs);
  }

  /** Works on every system; a signal would cut the agent off on Windows. */
  function endChild(): void {
    clearTimeout(trialTimer);
    endTimer = setTimeout(() => hear({ type: 'end-over' }), END_MS);
    if (child?.connected) child.disconnect();
    else child?.kill('SIGTERM');
  }

  function tellChild(message: object): void {
    if (child?.connected) child.send(message, () => {});
  }

  async function settle(): Promise<void> {
    const found = await readLastUpdate(data);
    if (found === null) return;
    const settled = settleRecord(found, current);
    if (settled === found) return;
    await keepLastUpdate(data, settled).catch((error: unknown) => err(explain(error).message));
    // The update was made, and only what it leaves behind wasn't removed.
    if (settled.outcome === 'failed') await discard(folder, settled.to);
    if (settled.outcome === 'done') await tidy(folder, [settled.from, settled.to, VERSION]);
  }

  /** That to go back to, where the current one is new. It must be there whole. */
  async function versionBefore(): Promise<string | null> {
    const before = lateChange(await readLastUpdate(data), current, Date.now(), PROBATION_MS);
    return before !== null && (await isThere(folder, before)) ? before : null;
  }

  const stop = () => hear({ type: 'stop' });
  for (const signal of SIGNALS) process.on(signal, stop);
  await takeSteps();
  const code = await over;
  clearTimeout(probationTimer);
  for (const signal of SIGNALS) process.off(signal, stop);
  return code;
}

async function wrote(writing: Promise<void>): Promise<SupervisionInput> {
  try {
    await writing;
    return { type: 'written' };
  } catch (error) {
    return { type: 'not-written', why: explain(error).message };
  }
}
