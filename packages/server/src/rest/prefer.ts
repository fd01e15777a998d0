/** Longer waits mean as long as may be. */
const MOST_SECONDS = 86_400;

/** How long `Prefer: wait=20` asks to wait (RFC 7240, 4.3), in milliseconds. A preference that isn't known is passed over. */
export function readWait(header: string | string[] | undefined): number | null {
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d+)"?(?=$|[,;\s])/i.exec(String(header ?? '')) ?? [];
  return seconds === undefined ? null : Math.min(Number(seconds), MOST_SECONDS) * 1_000;
}
