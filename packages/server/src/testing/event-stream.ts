import type { RestWorld } from './rest-world.ts';

export interface ReceivedEvent {
  readonly id: string;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what it expects.
  readonly data: any;
}

/** A client of server-sent events, as browsers are one. */
export interface EventStream {
  readonly events: ReceivedEvent[];
  /** The id that it would connect again with. */
  readonly lastId: () => string;
  /** Everything that came so far, as it came. */
  readonly text: () => string;
  /** Resolves when the server has ended it: whether it was said to be the end, or was cut off. */
  readonly ended: Promise<'end' | 'cut off'>;
  hangUp(): void;
}

export async function openEventStream(
  world: RestWorld,
  path: string,
  {
    key = world.ownerKey,
    lastId,
    headers = {},
  }: {
    readonly key?: string | null;
    readonly lastId?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<EventStream> {
  const hangUp = new AbortController();
  const response = await fetch(`${world.server.url}${path}`, {
    signal: hangUp.signal,
    headers: {
      accept: 'text/event-stream',
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...headers,
      ...(lastId !== undefined && { 'last-event-id': lastId }),
    },
  });
  if (!/^text\/event-stream/.test(response.headers.get('content-type') ?? ''))
    throw new Error(`no stream of events but ${response.status}: ${await response.text()}`);
  const events: ReceivedEvent[] = [];
  let last = lastId ?? '';
  const take = (block: string) => {
    const lines = block.split('\n').map((line) => /^([a-z]*): ?(.*)$/.exec(line) ?? []);
    const field = (name: string) => lines.find(([, each]) => each === name)?.[2];
    last = field('id') ?? last;
    const data = field('data');
    if (data !== undefined) events.push({ id: last, event: field('event') ?? 'message', data: JSON.parse(data) });
  };
  let all = '';
  const readAll = async () => {
    let text = '';
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        all += chunk;
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) take(block);
      }
      return 'end' as const;
    } catch {
      return 'cut off' as const;
    }
  };
  return { events, lastId: () => last, text: () => all, ended: readAll(), hangUp: () => hangUp.abort() };
}
