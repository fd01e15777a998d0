import type { IncomingMessage } from 'node:http';
import type { PageRefusal } from './page-guard.ts';
import { PAGE_LIMITS } from './page-limits.ts';

export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: PageRefusal };

/** Reads a request's body, no more of it than the limit. One that breaks off isn't JSON either. */
export async function readJson(request: IncomingMessage): Promise<ReadJson> {
  if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/json')
    return { ok: false, refusal: 'not-json' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Leaving the loop must not break the connection: there is an answer to give first.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > PAGE_LIMITS.bodyBytes) return { ok: false, refusal: 'too-long' };
      chunks.push(chunk);
    }
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { ok: false, refusal: 'bad-request' };
  }
}
