/** Bytes that a chip has agreed to change. `bytes` may be the caller's: it is copied when it is applied. */
export interface MemoryChange {
  readonly at: number;
  readonly bytes: Uint8Array;
}
