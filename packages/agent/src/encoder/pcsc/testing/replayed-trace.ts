import type { Clock } from '../../../clock.ts';
import { sleep } from '../../../clock.ts';
import type { CardHandle, PcscPort } from '../pcsc-port.ts';
import { blankExchange } from '../trace/blank-exchange.ts';
import type { TraceLine } from '../trace/trace-format.ts';

/** A PC/SC service whose one reader answers what a real one did. Fails where it is asked something else. */
export interface ReplayedTrace {
  readonly port: PcscPort;
  readonly reader: string;
  /** Lines that weren't asked for, but for the last one. */
  left(): readonly TraceLine[];
  /** Where the driver left the trace; null while it hasn't. */
  strayed(): string | null;
}

export function replayTrace(trace: readonly TraceLine[], clock: Clock): ReplayedTrace {
  const [first] = trace;
  if (first?.line !== 'reader') throw new Error('a trace begins with its reader');
  const lines = trace.slice(1);
  let at = 0;
  let strayed: string | null = null;

  /** The next line, which must be of that kind and about that. */
  function next<K extends TraceLine['line']>(kind: K, command?: string): Extract<TraceLine, { line: K }> {
    const line = lines[at];
    const fits = line?.line === kind && (line.line !== 'exchange' || line.command === command);
    if (!fits) {
      strayed ??= `line ${at + 2} is ${JSON.stringify(line)}, and the driver does ${kind} ${command ?? ''}`;
      throw Object.assign(new Error(strayed), { code: 'ReaderUnavailable' });
    }
    at += 1;
    return line as Extract<TraceLine, { line: K }>;
  }

  async function take(line: { readonly ms: number; readonly failed?: string | undefined }): Promise<void> {
    await sleep(clock, line.ms);
    if (line.failed !== undefined) throw Object.assign(new Error(line.failed), { code: line.failed });
  }

  const bytes = (hex: string | undefined) => new Uint8Array(Buffer.from(hex ?? '', 'hex'));
  const card: CardHandle = {
    atr: async () => {
      const line = next('status');
      await take(line);
      return bytes(line.atr);
    },
    transmit: async (command) => {
      const blanked = blankExchange(command, new Uint8Array()).command;
      const line = next('exchange', Buffer.from(blanked).toString('hex'));
      await take(line);
      return bytes(line.response);
    },
    reset: async () => take(next('reset')),
    disconnect: async (reset) => {
      const line = next('disconnect');
      if (line.reset !== reset) strayed ??= `line ${at + 1} disconnects otherwise`;
      await take(line);
    },
  };

  return {
    reader: first.name,
    left: () => lines.slice(at).filter(({ line }) => line !== 'found'),
    strayed: () => strayed,
    port: {
      start: (listener) => {
        queueMicrotask(() => {
          listener.ready();
          listener.changed(first.name, { present: true, events: 1, atr: bytes(next('card').atr) });
        });
        return {
          connect: async () => {
            await take(next('connect'));
            return card;
          },
          stop: () => {},
        };
      },
      close: async () => {},
    },
  };
}
