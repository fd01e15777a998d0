/** What keeps an agent from its server, by a code that translations go by (`CHINESE_OBSTACLES`). */
export const OBSTACLE_CAUSES = [
  // Nothing answers.
  'name-unknown',
  'nobody-listens',
  'no-way',
  'address-silent',
  'broken-off',
  'not-reached',
  // The proxy on the way.
  'proxy-not-reached',
  'proxy-log-in',
  'proxy-refuses',
  // Something answers, and not in TLS or with another certificate.
  'no-tls',
  'tls-failed',
  'certificate-name',
  'certificate-date',
  'certificate-unknown',
  // Something answers over HTTP, or what it takes for it.
  'no-upgrade',
  'redirect',
  'network-log-in',
  'server-busy',
  'behind-down',
  'access-refused',
  'web-page',
  'other-path',
  'other-server',
  'not-http',
  'not-keyrack',
  // A connection that stood.
  'connection-ended',
  'server-silent',
  'no-welcome',
  'not-understood',
  'not-acknowledged',
  'journal-replaced',
  'journal-not-replaced',
  'agent-stops',
  'sandbox',
] as const;
export type ObstacleCause = (typeof OBSTACLE_CAUSES)[number];

/** What keeps an agent from its server, for a person. */
export interface Obstacle {
  readonly cause: ObstacleCause;
  /** What was found, in English, without a full stop. Nothing in it is as a stranger sent it: see `describeAnswer`. */
  readonly found: string;
  /** What to do about it, a sentence; null where it mends itself. */
  readonly todo: string | null;
  /** What answered, in no language: `HTTP 502, text/html, nginx`. Empty where that says nothing. */
  readonly answer: string;
}

export function obstacle(cause: ObstacleCause, found: string, todo: string | null = null, answer = ''): Obstacle {
  return { cause, found, todo, answer };
}

/** Both halves in one line, for a terminal. */
export function obstacleText({ found, todo }: Obstacle): string {
  return todo === null ? found : `${found}. ${todo}`;
}

/** Where a server was looked for. @param proxy named without user and password; null for none */
export function placeOf({ host }: URL, proxy: string | null): string {
  return proxy === null ? host : `${host} through ${proxy}`;
}
