/** A message of a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface StreamMessage {
  /** Null where it has none of its own. */
  readonly id: string | null;
  /** Null where it only tells how far the stream is, or how soon to come back. */
  readonly data: string | null;
  readonly retryMs: number | null;
}

/** The messages in a text that comes in pieces, cut anywhere. What breaks off in the middle is none. */
export async function* readMessages(pieces: AsyncIterable<string>): AsyncGenerator<StreamMessage, void> {
  let id: string | null = null;
  let retryMs: number | null = null;
  let data: string[] | null = null;
  for await (const line of linesOf(pieces)) {
    if (line === '') {
      if (id !== null || data !== null || retryMs !== null) yield { id, data: data?.join('\n') ?? null, retryMs };
      id = retryMs = data = null;
      continue;
    }
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') data = [...(data ?? []), value];
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d{1,9}$/.test(value)) retryMs = Number(value);
  }
}

/** Lines end by LF, CRLF or CR. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const piece of pieces) {
    rest += piece;
    // A CR at the very end may be half of a CRLF.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
