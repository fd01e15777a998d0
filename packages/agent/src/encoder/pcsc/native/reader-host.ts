import { systemClock } from '../../../clock.ts';
import type { FromHost, HostCall, ToHost, WhatIsMissing } from './host-messages.ts';
import { endsContext } from './return-codes.ts';
import { type ReaderWatch, watchReaders } from './watch-readers.ts';
import type { OpenedCard, Winscard } from './winscard.ts';
import { winscardLayout } from './winscard-layout.ts';

/**
 * The program that calls the system's PC/SC, a process of its own beside the agent. Calls of PC/SC block the threads that
 * they run in, some for ever; here they block nobody else's, a process can be ended whatever its threads do, and what
 * crashes in a driver takes no agent along. `reader-process.ts` starts it and is at the other end of its channel.
 */

/** How long an orderly end may take. Then it just ends: the service lets go of what a dead client held. Milliseconds. */
const END_MS = 500;

interface ConnectedCard {
  /** Each card has a context of its own: calls of one context wait for each other. */
  readonly context: bigint;
  readonly opened: OpenedCard;
  /**
   * What was asked of it last. Its calls are made one after the other: in pcsc-lite a second call of a context takes the
   * library's own lock and waits with it, so that while the first one hangs nothing goes on at any reader.
   */
  turn: Promise<unknown>;
}

function tell(message: FromHost): void {
  if (process.connected) process.send?.(message);
}

const layout = process.arch === 'ia32' || process.arch === 'arm' ? null : winscardLayout(process.platform);
let winscard: Winscard | null = null;
let missing: WhatIsMissing = 'koffi';
try {
  // Not at the top: where koffi or its binary is missing, the import itself fails, and nobody would be told.
  const { loadWinscard } = await import('./winscard.ts');
  missing = 'library';
  if (layout === null) throw new Error(`no PC/SC is known for ${process.platform} on ${process.arch}`);
  winscard = loadWinscard(layout);
  tell({ type: 'loaded' });
} catch (error) {
  tell({
    type: 'missing',
    what: missing,
    why: (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '',
  });
}

const cards = new Map<number, ConnectedCard>();
let watch: ReaderWatch | null = null;

// Ctrl-C reaches everybody in the terminal; the agent says when it is done with the cards.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('message', (message: ToHost) => {
  if (winscard === null || layout === null) return;
  switch (message.type) {
    case 'watch':
      void watch?.stop();
      watch = startWatch(winscard, message.watch, layout.tellsNewReaders);
      break;
    case 'unwatch':
      void watch?.stop();
      watch = null;
      break;
    case 'call':
      void answer(winscard, message.call, message);
      break;
    case 'end':
      void end(winscard);
      break;
  }
});
process.on('disconnect', () => {
  if (winscard === null) process.exit();
  void end(winscard);
});

function startWatch(pcsc: Winscard, number: number, tellsNewReaders: boolean): ReaderWatch {
  return watchReaders({
    winscard: pcsc,
    tellsNewReaders,
    clock: systemClock,
    listener: {
      ready: () => tell({ type: 'ready', watch: number }),
      changed: (reader, state) => tell({ type: 'changed', watch: number, reader, state }),
      gone: (reader) => tell({ type: 'gone', watch: number, reader }),
      failed: (code) => tell({ type: 'failed', watch: number, code }),
    },
  });
}

async function answer(pcsc: Winscard, call: number, what: HostCall): Promise<void> {
  try {
    tell({ type: 'done', call, bytes: await carryOut(pcsc, call, what) });
  } catch (error) {
    tell({ type: 'not-done', call, code: error instanceof Error && 'code' in error ? String(error.code) : `${error}` });
  }
}

async function carryOut(pcsc: Winscard, call: number, what: HostCall): Promise<Uint8Array | null> {
  if (what.do === 'connect') {
    const context = await pcsc.establish();
    try {
      cards.set(call, { context, opened: await pcsc.connect(context, what.reader), turn: Promise.resolve() });
    } catch (error) {
      await pcsc.release(context).catch(() => undefined);
      throw error;
    }
    return null;
  }
  const card = cards.get(what.card);
  if (card === undefined) throw Object.assign(new Error('no such card'), { code: 'InvalidHandle' });
  const done = card.turn.then(() => ask(pcsc, card, what));
  card.turn = done.catch(() => undefined);
  return done;
}

async function ask(
  pcsc: Winscard,
  card: ConnectedCard,
  what: Exclude<HostCall, { readonly do: 'connect' }>,
): Promise<Uint8Array | null> {
  switch (what.do) {
    case 'atr':
      return pcsc.atr(card.opened);
    case 'transmit':
      return pcsc.transmit(card.opened, what.command);
    case 'reset':
      await pcsc.reset(card.opened);
      return null;
    case 'disconnect':
      cards.delete(what.card);
      await letGo(pcsc, card, what.reset ? 'reset' : 'leave');
      return null;
  }
}

async function letGo(
  pcsc: Winscard,
  { context, opened }: ConnectedCard,
  disposition: 'leave' | 'reset',
): Promise<void> {
  try {
    await pcsc.disconnect(opened, disposition);
  } finally {
    await pcsc.release(context).catch((error: unknown) => {
      // Where the service is away, the context went with it.
      if (!(error instanceof Error && 'code' in error && endsContext(String(error.code)))) throw error;
    });
  }
}

let ending = false;
async function end(pcsc: Winscard): Promise<void> {
  if (ending) return;
  ending = true;
  // A call that hangs holds a thread, and Node waits for its threads however it is asked to exit.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), END_MS).unref();
  await watch?.stop();
  await Promise.allSettled([...cards.values()].map((card) => card.turn.then(() => letGo(pcsc, card, 'reset'))));
  process.kill(process.pid, 'SIGKILL');
}
