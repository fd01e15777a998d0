import type { Event, Life, Scheduler } from './scheduler.ts';

/** Wall clocks begin here: an ordinary Tuesday. Unix milliseconds. */
export const EPOCH = Date.UTC(2026, 10, 24, 9);

/** A machine, with a wall clock that can be wrong. Processes come and go on it. */
export interface Computer {
  readonly name: string;
  /** By how much its wall clock is wrong. Milliseconds. */
  wallOffset: number;
}

/** What product code takes for its clock; fits the server's and the agent's. */
export interface VirtualClock {
  now(): number;
  monotonic(): number;
  setTimeout(run: () => void, ms: number): object;
  clearTimeout(timer: object): void;
}

/** One run of a program on a computer, from its start to its death. */
export interface Process extends Life {
  readonly name: string;
  readonly computer: Computer;
  readonly clock: VirtualClock;
}

export function createComputer(name: string): Computer {
  return { name, wallOffset: 0 };
}

export function startProcess(scheduler: Scheduler, computer: Computer, name: string): Process {
  const startedAt = scheduler.now();
  const process: Process = {
    name,
    computer,
    alive: true,
    pausedUntil: 0,
    timersFirst: false,
    clock: {
      now: () => EPOCH + scheduler.now() + computer.wallOffset,
      // Counted from the start of the process, as Node does.
      monotonic: () => scheduler.now() - startedAt,
      setTimeout: (run, ms) => scheduler.at(scheduler.now() + Math.max(1, Math.ceil(ms)), process, run, true),
      clearTimeout: (timer) => scheduler.cancel(timer as Event),
    },
  };
  return process;
}

/**
 * What would happen in it from now on happens when it goes on. A pause within a pause changes nothing but its length: what waits
 * already has its place, and of two messages the first sent stays the first.
 */
export function pause(scheduler: Scheduler, process: Process, ms: number, timersFirst: boolean): void {
  if (process.pausedUntil <= scheduler.now()) process.timersFirst = timersFirst;
  process.pausedUntil = Math.max(process.pausedUntil, scheduler.now() + ms);
}
