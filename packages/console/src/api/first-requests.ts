/** A request that was sent before there was anybody to read its answer. */
interface Sent {
  readonly at: number;
  readonly response: Promise<Response>;
  readonly given: AbortController;
}

/** An answer that nobody took by then may be old, or somebody else's. Milliseconds. */
const MOST_AGE_MS = 10_000;

const sent = new Map<string, Sent>();

/** Whether the page shows the key rack, or leads there. */
export function leadsToDesk(pathname: string): boolean {
  return /^\/(?:desk(?:\/.*)?)?$/.test(pathname);
}

/**
 * Asks for what the desk shows first while its scripts are still being loaded. `property` is the one that was shown last: where another
 * one is shown, nobody takes the answers.
 */
export function sendFirstRequests(
  { origin, pathname }: Pick<Location, 'origin' | 'pathname'>,
  property: string | null,
) {
  if (!leadsToDesk(pathname)) return;
  const urls = [`${origin}/v1/me`];
  if (property !== null) {
    const base = `${origin}/v1/properties/${encodeURIComponent(property)}`;
    urls.push(`${base}/key-rack`, `${base}/encoders?limit=200`);
  }
  for (const url of urls) {
    const given = new AbortController();
    const { signal } = given;
    const response = fetch(url, { headers: { 'keyrack-session': 'cookie' }, redirect: 'manual', signal });
    // Whoever takes it hears of it.
    response.catch(() => {});
    sent.set(url, { at: Date.now(), response, given });
  }
}

/** The answer to such a request, once. Undefined where it has to be asked for. */
export function takeFirst(
  url: unknown,
  { method = 'GET', signal }: Pick<RequestInit, 'method' | 'signal'> = {},
): { readonly at: number; readonly response: Promise<Response> } | undefined {
  const found = typeof url === 'string' && method === 'GET' ? sent.get(url) : undefined;
  if (found === undefined) return undefined;
  sent.delete(url as string);
  if (Date.now() - found.at > MOST_AGE_MS) {
    found.given.abort();
    return undefined;
  }
  signal?.addEventListener('abort', () => found.given.abort(signal.reason), { once: true });
  return found;
}

/** Somebody else may be signed in from now on. */
export function forgetFirstRequests(): void {
  for (const { given } of sent.values()) given.abort();
  sent.clear();
}
