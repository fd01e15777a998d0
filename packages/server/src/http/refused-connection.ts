import { envelope } from '../roomcard/reply.ts';
import { STATUS_CODES } from '../roomcard/status-codes.ts';

/** What is wrong with bytes that never became a request. */
export function faultOfConnection(error: { readonly code?: string | undefined }): LastAnswer {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'slow';
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  return 'parameter';
}

/** What may be the last answer on a connection. */
export type LastAnswer = 'parameter' | 'slow' | 'headers-too-large' | 'not-found';

const REASONS: Readonly<Record<LastAnswer, string>> = {
  parameter: 'Bad Request',
  slow: 'Request Timeout',
  'headers-too-large': 'Request Header Fields Too Large',
  'not-found': 'Not Found',
};

/**
 * The last answer on a connection that is beyond repair: an envelope all the same. HTTP status 400 where the bytes
 * aren't HTTP, since nothing can be said about what was meant.
 */
export function lastWords(fault: LastAnswer, requestId: string): string {
  const status = fault === 'parameter' ? 400 : STATUS_CODES[fault].http;
  const message = fault === 'parameter' ? 'This is not an HTTP request; send one.' : STATUS_CODES[fault].message;
  const body = envelope(fault, message);
  return [
    `HTTP/1.1 ${status} ${REASONS[fault]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
