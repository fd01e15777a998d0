import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  /** The same of processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds. */
export interface LongestTask {
  /** From its begin to its end. */
  readonly ms: number;
  /** Of processor time, the most of any task: what else the machine does counts less in it. */
  readonly cpuMs: number;
}

/** The longest task of the page's main thread while something is done, as the browser traced it. */
export async function longestTask(browser: Browser, page: Page, work: () => Promise<void>): Promise<LongestTask> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata', 'disabled-by-default-devtools.timeline'] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  return longestOf(trace.traceEvents);
}

export function longestOf(events: readonly TraceEvent[]): LongestTask {
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === 'X' && main.has(`${pid} ${tid}`),
  );
  return {
    ms: Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1_000)),
    cpuMs: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1_000)),
  };
}
