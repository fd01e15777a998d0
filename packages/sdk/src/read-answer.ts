import { noteResponse, type ResponseFacts } from './answers.ts';
import { KeyrackProblem, KeyrackUnreachable, type ProblemBody } from './problems.ts';
import { readRetryAfter } from './retry-rules.ts';
import { TIME_RAN_OUT } from './time-limit.ts';

/** What was answered when all went well. */
export interface Received {
  readonly body: unknown;
  readonly facts: ResponseFacts;
}

/** The body of an answer, parsed where it is JSON. Throws what the answer means where it doesn't mean success. */
export function readAnswer(response: Response, text: string): Received {
  const { status, headers } = response;
  const type = headers.get('content-type') ?? '';
  const requestId = headers.get('x-request-id');
  // A browser hides where it was sent to, and answers with status 0.
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    const where = headers.get('location');
    throw notKeyrack(
      response,
      `It sends to another address${where === null ? '' : `, ${where}`}: give that as \`url\`.`,
    );
  }
  const parsed = /[/+]json\b/.test(type) ? parse(response, text) : text;
  if (response.ok) {
    const facts = { status, headers, requestId, etag: headers.get('etag') };
    const body = status === 204 || text === '' ? undefined : parsed;
    if (typeof body === 'object' && body !== null) noteResponse(body, facts);
    return { body, facts };
  }
  if (!isProblemBody(parsed)) {
    throw notKeyrack(
      response,
      `It answered ${status} with no problem of /v1: see that \`url\` is right, and look at proxies.`,
    );
  }
  const retryAfterMs = readRetryAfter(headers.get('retry-after'), Date.now());
  throw new KeyrackProblem(parsed, { requestId, retryAfterMs });
}

function parse(response: Response, text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    throw notKeyrack(response, 'Its answer broke off, or is no JSON.', cause);
  }
}

function isProblemBody(body: unknown): body is ProblemBody {
  if (typeof body !== 'object' || body === null) return false;
  const { type, title, status, detail } = body as Partial<ProblemBody>;
  return (
    typeof type === 'string' && typeof title === 'string' && typeof status === 'number' && typeof detail === 'string'
  );
}

export function notKeyrack({ status, headers, url }: Response, message: string, cause?: unknown): KeyrackUnreachable {
  return new KeyrackUnreachable(`No Keyrack server answered at ${hostOf(url)}. ${message}`, {
    reason: 'not-keyrack',
    // What came through a proxy may have gone on to the server. What was sent elsewhere, or refused, was not done.
    mayBeDone: status >= 500 || (status >= 200 && status < 300),
    status,
    retryAfterMs: readRetryAfter(headers.get('retry-after'), Date.now()),
    cause,
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'this address';
}

/** What systems and runtimes call a connection that never came about. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ConnectionRefused',
]);

/** What `fetch` threw, as this client tells it. */
export function unreachable(error: unknown, signal: AbortSignal, timeoutMs: number, host: string): KeyrackUnreachable {
  if (signal.reason === TIME_RAN_OUT) {
    const message = `${host} gave no answer within ${timeoutMs} ms. Whether it did what was asked is not known.`;
    return new KeyrackUnreachable(message, { reason: 'timeout', mayBeDone: true });
  }
  const codes = [error, (error as { cause?: unknown }).cause].map((each) => String((each as { code?: unknown })?.code));
  const mayBeDone = !codes.some((code) => NEVER_SENT.has(code));
  const why = mayBeDone ? 'The connection broke off' : 'There is no connection';
  const code = codes.find((each) => each !== 'undefined');
  return new KeyrackUnreachable(`${why}: ${host}${code === undefined ? '' : ` (${code})`}. See that the server runs.`, {
    reason: 'connection',
    mayBeDone,
    cause: error,
  });
}
