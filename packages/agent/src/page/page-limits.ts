/** Limits of the page's HTTP server, in one place. */
export const PAGE_LIMITS = {
  /** Bytes of what the page sends; a sign-in, the longest, takes under 1 KB. */
  bodyBytes: 4 * 1024,
  /** Bytes of a request's headers. A browser's, with the cookies of everything else on this computer, take 1 to 3 KB. */
  headerBytes: 16 * 1024,
  /** From a connection's first byte to the end of a request. */
  requestMs: 10_000,
  /** How often connections are held against that time. */
  checkMs: 1_000,
  /** A connection on which nothing moves for this long ends: longer than a sign-in takes, and than between two heartbeats. */
  quietMs: 60_000,
  /** Browsers keep up to six connections to one address. */
  connections: 32,
  /** Windows that are told what happens. One more takes the place of the oldest: less than a browser's six connections. */
  streams: 4,
  /** Changes within this time are told as one. */
  gatherMs: 40,
  /** An empty line is sent this often, so that the page notices when this computer slept. */
  heartbeatMs: 10_000,
} as const;
