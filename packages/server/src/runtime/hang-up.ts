import type { ServerResponse } from 'node:http';

/**
 * Aborted when the connection closes before the answer was handed over. The response closes in both cases; the request
 * can't tell, since its own `close` comes as soon as the body is read.
 */
export function hangUpOf(response: ServerResponse): AbortSignal {
  const hangUp = new AbortController();
  const closed = () => {
    if (!response.writableEnded) hangUp.abort();
  };
  if (response.destroyed) closed();
  else response.once('close', closed);
  return hangUp.signal;
}
