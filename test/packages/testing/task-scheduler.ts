import { existsSync, statSync } from 'node:fs';
import { until } from '../../world/until.ts';
import type { Ran, Wine } from './wine.ts';

/** Windows' Task Scheduler, as far as Wine leaves it out: Wine keeps the name of a task, not what it does, and starts none. */
export interface TaskScheduler {
  isRegistered(): boolean;
  /**
   * Does what is to register the task, and meanwhile starts it as soon as it is registered: its starter waits for that.
   * Resolves when the starter ends, or fails where it ends before.
   */
  runs(starter: () => Promise<Ran>): Promise<{ readonly starter: Ran; readonly task: Promise<Ran> }>;
}

/** @param xml what the task is */
export function taskScheduler(wine: Wine, name: string, xml: string): TaskScheduler {
  const file = wine.path(`C:\\windows\\system32\\tasks\\${name}`);
  const registration = () => (existsSync(file) ? statSync(file, { bigint: true }).mtimeNs : null);
  const told = (element: string) => {
    const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? '';
    return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  };
  return {
    isRegistered: () => existsSync(file),
    async runs(starter) {
      const before = registration();
      const starting = starter();
      const failed = starting.then(({ code, out, err }) => {
        throw new Error(`It ended with ${code} and registered no task:\n${out}${err}`);
      });
      failed.catch(() => {});
      const isThere = until(`the task "${name}" is registered`, () => {
        const now = registration();
        return now !== null && now !== before;
      });
      await Promise.race([isThere, failed]);
      const task = wine.run(told('WorkingDirectory'), `"${told('Command')}" ${told('Arguments')}`);
      return { starter: await starting, task };
    },
  };
}
