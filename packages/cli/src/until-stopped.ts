const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first Ctrl-C or SIGTERM. A second one ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) endNow();
      asked = true;
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}

/** Ends this process as the signal does by itself. `process.exit` would wait for a file that can't be read. */
function endNow(): void {
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  process.kill(process.pid, 'SIGTERM');
}

/** How long a start may go on after the process was told to end. Milliseconds. */
const START_ENDS_MS = 3_000;

/**
 * Waits for what is being started. Null where the process is told to end meanwhile: then nothing of it is left running.
 * A start that waits for what doesn't come ends with the process.
 */
export async function unlessStopped<Started extends { stop(): Promise<void> }>(
  starting: Promise<Started>,
  stopped: Promise<void>,
): Promise<Started | null> {
  const first = await Promise.race([starting, stopped.then(() => null)]);
  if (first !== null) return first;
  const timer = setTimeout(endNow, START_ENDS_MS);
  try {
    await (await starting).stop();
  } finally {
    clearTimeout(timer);
  }
  return null;
}
