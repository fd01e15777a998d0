import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AGENT_LIMITS } from '@keyrack/protocol';
import type { CardHandle, PcscListener, PcscPort, PcscService } from '../pcsc-port.ts';
import type { FromHost, HostCall, ToHost, WhatIsMissing } from './host-messages.ts';

/** PC/SC can't be used on this computer now; the message says what to do. */
export class PcscMissing extends Error {
  override readonly name = 'PcscMissing';
}

/**
 * Threads of the process that calls PC/SC. Each reader can have one call under way that never ends, and another that lets
 * its card go; the watch takes one, its end another.
 */
const THREADS = 2 * AGENT_LIMITS.encoders + 8;
/** How long the process may take to begin: a virus scanner may read all of it first. Then it is killed. Milliseconds. */
const BEGIN_MS = 60_000;
/** How long the process may take to end, beyond which it is killed. Milliseconds. */
const END_MS = 2_000;

interface Host {
  readonly process: ChildProcess;
  send(message: ToHost): void;
  call(what: HostCall): { readonly number: number; readonly done: Promise<Uint8Array | null> };
}

export interface ReaderProcessOptions {
  /** The process's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Another program in its place, and how long it may take to begin: for tests. */
  readonly program?: string;
  readonly beginMs?: number;
}

/**
 * PC/SC through a process of its own, `reader-host.ts`. It is started at once, and anew when it has died.
 * @throws PcscMissing the system's PC/SC library isn't installed, or there is no binary of koffi for this system
 */
export async function openPcsc(options: ReaderProcessOptions = { env: process.env }): Promise<PcscPort> {
  let current: { readonly watch: number; readonly listener: PcscListener } | null = null;
  let watches = 0;
  let host: Promise<Host> | null = startHost();
  let closed = false;

  function fail(code: string): void {
    const failed = current;
    current = null;
    failed?.listener.failed(code);
  }

  function heard(message: FromHost): void {
    if (!('watch' in message) || message.watch !== current?.watch) return;
    const { listener } = current;
    if (message.type === 'ready') listener.ready();
    else if (message.type === 'changed') listener.changed(message.reader, message.state);
    else if (message.type === 'gone') listener.gone(message.reader);
    else fail(message.code);
  }

  function startHost(): Promise<Host> {
    const starting = launch(options, heard, () => {
      if (host === starting) host = null;
      fail('ReaderProcessEnded');
    });
    starting.catch(() => {
      if (host === starting) host = null;
    });
    return starting;
  }

  function start(listener: PcscListener): PcscService {
    watches += 1;
    const watch = watches;
    current = { watch, listener };
    host ??= startHost();
    const on = host;
    on.then(
      ({ send }) => current?.watch === watch && send({ type: 'watch', watch }),
      () => current?.watch === watch && fail('ReaderProcessEnded'),
    );
    return {
      connect: async (reader) => openCard(await on, reader),
      stop: () => {
        if (current?.watch !== watch) return;
        current = null;
        on.then(
          ({ send }) => send({ type: 'unwatch' }),
          () => undefined,
        );
      },
    };
  }

  await host;
  return {
    start: (listener) => {
      if (closed) throw new Error('closed');
      return start(listener);
    },
    close: async () => {
      closed = true;
      current = null;
      const last = await host?.catch(() => null);
      if (last) await end(last);
    },
  };
}

async function openCard(host: Host, reader: string): Promise<CardHandle> {
  const { number: card, done } = host.call({ do: 'connect', reader });
  await done;
  const bytes = async (what: HostCall) => (await host.call(what).done) ?? new Uint8Array();
  return {
    atr: () => bytes({ do: 'atr', card }),
    transmit: (command) => bytes({ do: 'transmit', card, command }),
    reset: async () => void (await host.call({ do: 'reset', card }).done),
    disconnect: async (reset) => void (await host.call({ do: 'disconnect', card, reset }).done),
  };
}

/** Resolves when the process has found the system's library. */
function launch(
  { env, program, beginMs = BEGIN_MS }: ReaderProcessOptions,
  heard: (message: FromHost) => void,
  died: () => void,
): Promise<Host> {
  const child = fork(program ?? fileURLToPath(new URL('./reader-host.ts', import.meta.url)), [], {
    // None of the agent's own flags, such as a debugger's port.
    execArgv: [],
    env: { ...env, UV_THREADPOOL_SIZE: String(THREADS) },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const calls = new Map<number, { resolve(bytes: Uint8Array | null): void; reject(error: Error): void }>();
  let numbers = 0;
  let over = false;

  const host: Host = {
    process: child,
    send: (message) => {
      if (!over && child.connected) child.send(message);
    },
    call: (what) => {
      numbers += 1;
      const number = numbers;
      const done = new Promise<Uint8Array | null>((resolve, reject) => {
        if (over || !child.connected) return reject(ended());
        calls.set(number, { resolve, reject });
        child.send({ type: 'call', call: number, ...what } satisfies ToHost);
      });
      return { number, done };
    },
  };

  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new PcscMissing(lateText(beginMs)));
      child.kill('SIGKILL');
    }, beginMs);
    child.on('message', (message: FromHost) => {
      switch (message.type) {
        case 'loaded':
          clearTimeout(late);
          return resolve(host);
        case 'missing':
          clearTimeout(late);
          reject(new PcscMissing(missingText(process.platform, message.why, message.what)));
          return void child.disconnect();
        case 'done':
          calls.get(message.call)?.resolve(message.bytes);
          return void calls.delete(message.call);
        case 'not-done':
          calls.get(message.call)?.reject(failure(message.code));
          return void calls.delete(message.call);
        default:
          return heard(message);
      }
    });
    const onEnd = () => {
      if (over) return;
      over = true;
      clearTimeout(late);
      reject(new Error('the process that reads the card readers ended before it began'));
      for (const { reject: fail } of calls.values()) fail(ended());
      calls.clear();
      died();
    };
    child.on('exit', onEnd);
    child.on('error', onEnd);
  });
}

async function end({ process: child, send }: Host): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), END_MS);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    send({ type: 'end' });
  });
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function ended(): Error {
  return failure('NoService');
}

function lateText(afterMs: number): string {
  return `The process that asks the card readers has not begun within ${afterMs / 1_000} s; see whether this computer is overloaded or a virus scanner holds Keyrack's folder, and start again.`;
}

/** What to do where PC/SC can't be called. */
export function missingText(platform: NodeJS.Platform, why: string, what: WhatIsMissing = 'library'): string {
  const todo =
    what === 'koffi'
      ? 'the package koffi or its binary for this system is missing: install Keyrack anew (`npm ci` in a checkout)'
      : platform === 'linux'
        ? 'install its library and service (on Debian and Ubuntu `apt-get install libpcsclite1 pcscd libccid`)'
        : platform === 'win32'
          ? 'Windows brings it as winscard.dll: repair Windows with `sfc /scannow`'
          : platform === 'darwin'
            ? 'macOS brings it as PCSC.framework: update macOS'
            : 'use Linux, Windows or macOS for card readers';
  return `PC/SC, the system's access to card readers, can't be used on this computer; ${todo}, and start again (${why}).`;
}
