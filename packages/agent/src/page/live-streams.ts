import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '../clock.ts';
import type { DeskAgent, DeskState } from '../desk/index.ts';
import type { Updates, UpdatesState } from '../update/index.ts';
import { PAGE_LIMITS } from './page-limits.ts';

/** A line of the stream that a window of the page reads. An empty one means that the agent is still there. */
export type LiveLine =
  | { readonly type: 'state'; readonly state: DeskState; readonly updates: UpdatesState | null }
  /** The page was opened in another window, and this one is told nothing more. */
  | { readonly type: 'elsewhere' };

export interface LiveStreams {
  /** Answers with the state of the desk now, and again whenever it changes. */
  open(response: ServerResponse): void;
  close(): void;
}

interface Stream {
  readonly response: ServerResponse;
  /** The window reads slower than things change: it gets the newest state once it has read the one before. */
  full: boolean;
}

/** Tells the windows of the page what `DeskAgent.state` says, as lines of JSON that each replace the one before. */
export function startLiveStreams(
  desk: Pick<DeskAgent, 'state' | 'onChange'>,
  clock: Clock,
  updates: Pick<Updates, 'state' | 'onChange'> | null = null,
): LiveStreams {
  /** The oldest first. */
  let streams: readonly Stream[] = [];
  let gathering: Timer | null = null;
  let heartbeat = clock.setTimeout(beat, PAGE_LIMITS.heartbeatMs);

  const changed = () => {
    gathering ??= clock.setTimeout(() => {
      gathering = null;
      for (const stream of streams) if (!stream.full) tellState(stream);
    }, PAGE_LIMITS.gatherMs);
  };
  const stopListening = [desk.onChange(changed), updates?.onChange(changed)];

  function beat(): void {
    heartbeat = clock.setTimeout(beat, PAGE_LIMITS.heartbeatMs);
    for (const { response, full } of streams) if (!full) response.write('\n');
  }

  function tellState(stream: Stream): void {
    stream.full = !stream.response.write(
      lineOf({ type: 'state', state: desk.state(), updates: updates?.state() ?? null }),
    );
  }

  function forget(stream: Stream): void {
    streams = streams.filter((each) => each !== stream);
  }

  return {
    open: (response) => {
      const stream: Stream = { response, full: false };
      response.on('close', () => forget(stream));
      // The window was closed while something was on its way to it.
      response.on('error', () => forget(stream));
      response.on('drain', () => {
        if (streams.includes(stream)) tellState(stream);
      });
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      const oldest = streams.length >= PAGE_LIMITS.streams ? streams[0] : undefined;
      if (oldest !== undefined) {
        forget(oldest);
        oldest.response.end(lineOf({ type: 'elsewhere' }));
      }
      streams = [...streams, stream];
      tellState(stream);
    },
    close: () => {
      for (const stop of stopListening) stop?.();
      clock.clearTimeout(heartbeat);
      if (gathering !== null) clock.clearTimeout(gathering);
      for (const { response } of streams) response.end();
    },
  };
}

function lineOf(line: LiveLine): string {
  return `${JSON.stringify(line)}\n`;
}
