/** How an answer came, besides its body. */
export interface ResponseFacts {
  readonly status: number;
  readonly headers: Headers;
  /** By which the server's log knows the request. */
  readonly requestId: string | null;
  /** Which version of a thing this is, for `ifMatch`. */
  readonly etag: string | null;
}

/** By the body that was answered: so a call returns what was asked for, and nobody unwraps it. */
const FACTS = new WeakMap<object, ResponseFacts>();

export function noteResponse(body: object, facts: ResponseFacts): void {
  FACTS.set(body, facts);
}

/** How this very object was answered; null for any other, also for a copy. */
export function responseOf(body: object): ResponseFacts | null {
  return FACTS.get(body) ?? null;
}

/** The ETag that this very object was answered with. Give the object as `ifMatch` instead where you still have it. */
export function etagOf(body: object): string | null {
  return responseOf(body)?.etag ?? null;
}
