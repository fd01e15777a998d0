import type { ReaderState } from '../pcsc-port.ts';

/** What the agent tells the process that calls the system's PC/SC. */
export type ToHost =
  /** Watch the readers, under that number; what was watched before isn't any more. */
  | { readonly type: 'watch'; readonly watch: number }
  | { readonly type: 'unwatch' }
  | ({ readonly type: 'call'; readonly call: number } & HostCall)
  /** Let everything go and end. */
  | { readonly type: 'end' };

/** What can be done with a card. `card` is the number of the call that connected to it. */
export type HostCall =
  | { readonly do: 'connect'; readonly reader: string }
  | { readonly do: 'atr'; readonly card: number }
  | { readonly do: 'transmit'; readonly card: number; readonly command: Uint8Array }
  | { readonly do: 'reset'; readonly card: number }
  | { readonly do: 'disconnect'; readonly card: number; readonly reset: boolean };

/** What PC/SC can't be called without: the package that calls C functions, or the system's own library. */
export type WhatIsMissing = 'koffi' | 'library';

/** What that process tells the agent. */
export type FromHost =
  /** The first thing that it says: whether all that it calls is there. */
  | { readonly type: 'loaded' }
  | { readonly type: 'missing'; readonly what: WhatIsMissing; readonly why: string }
  | { readonly type: 'ready'; readonly watch: number }
  | { readonly type: 'changed'; readonly watch: number; readonly reader: string; readonly state: ReaderState }
  | { readonly type: 'gone'; readonly watch: number; readonly reader: string }
  | { readonly type: 'failed'; readonly watch: number; readonly code: string }
  | { readonly type: 'done'; readonly call: number; readonly bytes: Uint8Array | null }
  | { readonly type: 'not-done'; readonly call: number; readonly code: string };
