import { ROOM_CARD_STATUS, type RoomCardReason } from '@keyrack/sdk/room-card';
import type { SignedRequest } from './signed-request.ts';

/** What came back. */
export interface BenchAnswer {
  readonly httpStatus: number;
  /** The envelope's; null where the answer has none. */
  readonly status: number | null;
  /** The status by name; null for one that is unknown here. */
  readonly reason: RoomCardReason | 'success' | null;
  readonly message: string | null;
  /** Indented, where it is JSON. */
  readonly text: string;
  readonly ms: number;
  readonly operationId: string | null;
  readonly requestId: string | null;
}

/** Posts the request as software would: without the session's cookie. */
export async function sendRequest({ path, body }: SignedRequest, signal: AbortSignal): Promise<BenchAnswer> {
  const began = performance.now();
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    credentials: 'omit',
    redirect: 'manual',
    signal,
  });
  const text = await response.text();
  const ms = performance.now() - began;
  const envelope = parsed(text);
  const status = typeof envelope?.status === 'number' ? envelope.status : null;
  return {
    httpStatus: response.status,
    status,
    reason: status === null ? null : reasonOf(status),
    message: typeof envelope?.message === 'string' ? envelope.message : null,
    text: envelope === null ? text : JSON.stringify(envelope, null, 2),
    ms,
    operationId: response.headers.get('x-operation-id'),
    requestId: response.headers.get('x-request-id'),
  };
}

export function reasonOf(status: number): RoomCardReason | 'success' | null {
  if (status === 200) return 'success';
  const found = Object.entries(ROOM_CARD_STATUS).find(([, each]) => each === status);
  return found === undefined ? null : (found[0] as RoomCardReason);
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
