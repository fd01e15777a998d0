/** What a part says to the run that started it. */
export type FromPart = { readonly type: 'ready' } | { readonly type: 'heap'; readonly bytes: number };
/** What a part is asked. */
export type ToPart = 'heap';

/** Says that this process is ready, and from then on how large its heap is whenever it is asked. Ends with its parent. */
export function answerParent(stop: () => Promise<void>): void {
  const say = (message: FromPart) => void process.send?.(message);
  process.on('message', (message: ToPart) => {
    if (message === 'heap') say({ type: 'heap', bytes: process.memoryUsage().heapUsed });
  });
  process.on('disconnect', () => process.exit(1));
  process.on('SIGTERM', () => {
    void stop().then(() => process.exit(0));
  });
  say({ type: 'ready' });
}
