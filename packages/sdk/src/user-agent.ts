import { VERSION } from './version.ts';

/** The header by which the server's log knows the program. Browsers send their own, and ask the server before another. */
export function userAgent(program: string | undefined): Readonly<Record<string, string>> {
  const { document, navigator } = globalThis as { document?: unknown; navigator?: { userAgent?: unknown } };
  if (document !== undefined) return {};
  const runtime = typeof navigator?.userAgent === 'string' ? navigator.userAgent : null;
  const parts = [program, `keyrack-sdk/${VERSION}`, runtime];
  return { 'user-agent': parts.filter(Boolean).join(' ') };
}
