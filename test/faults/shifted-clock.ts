import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import type { ToPart } from './answer-parent.ts';

// Loaded before a program with --import: its `Date` is as wrong as its parent says, in every thread. The monotonic clock
// isn't touched, as no system touches it.

const KEY = 'keyrack-clock-offset';

const shared = isMainThread
  ? new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))
  : (getEnvironmentData(KEY) as unknown as Float64Array);

if (isMainThread) {
  setEnvironmentData(KEY, shared as unknown as Parameters<typeof setEnvironmentData>[1]);
  // It may be wrong at the start already.
  shared[0] = Number(process.env.CLOCK_OFFSET_MS ?? 0);
  process.on('message', (message: ToPart) => {
    if (typeof message === 'object') shared[0] = message.clockOffsetMs;
  });
}

const RealDate = Date;
const now = () => RealDate.now() + (shared[0] ?? 0);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
});
