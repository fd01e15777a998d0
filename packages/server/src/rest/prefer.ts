/** How long `Prefer: wait=20` asks to wait (RFC 7240, 4.3), in milliseconds. A preference that isn't known is passed over. */
export function readWait(header: string | string[] | undefined): number | null {
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?(?=$|[,;\s])/i.exec(String(header ?? '')) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}
