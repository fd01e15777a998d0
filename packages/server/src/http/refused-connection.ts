import { type ConnectionFault, FAULT_STATUS } from '../listener/last-answer.ts';
import { envelope } from '../roomcard/reply.ts';
import { STATUS_CODES, type StatusName } from '../roomcard/status-codes.ts';
import { writeAnswer } from '../runtime/write-answer.ts';

const STATUS_OF: Readonly<Record<ConnectionFault, StatusName>> = {
  malformed: 'parameter',
  slow: 'slow',
  'headers-too-large': 'headers-too-large',
  'not-offered': 'not-found',
  'two-hosts': 'parameter',
};

/** What to do, where the status doesn't say it. */
const ADVICE: Partial<Readonly<Record<ConnectionFault, string>>> = {
  malformed: 'This is not an HTTP request; send one.',
  'two-hosts': 'The header Host is there more than once; send it once.',
};

/**
 * The last answer on a connection that is beyond repair: an envelope all the same. HTTP status 400 where the bytes
 * aren't HTTP or name two hosts, since nothing can be said about what was meant.
 */
export function lastEnvelope(fault: ConnectionFault, requestId: string): string {
  const status = STATUS_OF[fault];
  const message = ADVICE[fault] ?? STATUS_CODES[status].message;
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'X-Request-Id': requestId };
  return writeAnswer(FAULT_STATUS[fault], headers, envelope(status, message));
}
