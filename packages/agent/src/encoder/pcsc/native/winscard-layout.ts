/**
 * PC/SC's C interface as each system has it. The functions are the same everywhere; names, widths and structures are not.
 * Sources: pcsc-lite's `pcsclite.h`, `wintypes.h` and `winscard.h`; Microsoft's `winscard.h` and `WinSmCrd.h`; Apple's
 * PCSC.framework, which is an old pcsc-lite with 32-bit types and packed structures. Pure: nothing here calls anything.
 */
export interface WinscardLayout {
  /** What the system's loader finds it by; the first that is there is taken. */
  readonly libraries: readonly string[];
  /** Functions that take texts have it at the end of their names. */
  readonly suffix: '' | 'W';
  /** How texts are laid down in memory. */
  readonly text: 'utf8' | 'utf16le';
  /** Of a DWORD and of the LONG that every function returns, and what C calls them. */
  readonly dwordBytes: 4 | 8;
  readonly dword: 'uint32' | 'uint64';
  readonly result: 'int32' | 'int64';
  /** Of SCARDCONTEXT and SCARDHANDLE. */
  readonly handle: 'int32' | 'int64' | 'uint64';
  /** Room for an ATR in SCARD_READERSTATE. */
  readonly atrBytes: 33 | 36;
  /** Bytes of one SCARD_READERSTATE, with what the compiler adds at its end. */
  readonly stateBytes: number;
  /** Whether a pseudo reader tells of readers that are plugged in. Where it doesn't, they are asked for. */
  readonly tellsNewReaders: boolean;
}

const LINUX: WinscardLayout = {
  libraries: ['libpcsclite.so.1'],
  suffix: '',
  text: 'utf8',
  dwordBytes: 8,
  dword: 'uint64',
  result: 'int64',
  handle: 'int64',
  atrBytes: 33,
  stateBytes: 80, // 2 pointers, 3 DWORDs, 33 bytes, and 7 to the next multiple of 8
  tellsNewReaders: true,
};

const WINDOWS: WinscardLayout = {
  libraries: ['winscard.dll'],
  suffix: 'W',
  text: 'utf16le',
  dwordBytes: 4,
  dword: 'uint32',
  result: 'int32',
  handle: 'uint64',
  atrBytes: 36,
  stateBytes: 64,
  tellsNewReaders: true,
};

const MACOS: WinscardLayout = {
  libraries: ['/System/Library/Frameworks/PCSC.framework/PCSC'],
  suffix: '',
  text: 'utf8',
  dwordBytes: 4,
  dword: 'uint32',
  result: 'int32',
  handle: 'int32',
  atrBytes: 33,
  stateBytes: 61, // packed
  tellsNewReaders: false,
};

/** Null where this interface isn't known. */
export function winscardLayout(platform: string): WinscardLayout | null {
  switch (platform) {
    case 'linux':
      return LINUX;
    case 'win32':
      return WINDOWS;
    case 'darwin':
      return MACOS;
    default:
      return null;
  }
}

/** A reader as it is asked for and told of by SCardGetStatusChange. */
export interface ReaderStateRecord {
  /** Where its name lies in memory. */
  readonly nameAt: bigint;
  /** What the caller knows. */
  readonly current: number;
}

export interface ReportedState {
  /** dwEventState: flags in its lower half, a counter of comings and goings in its upper one. */
  readonly event: number;
  readonly atr: Uint8Array;
}

export const POINTER_BYTES = 8;

/** An array of SCARD_READERSTATE. */
export function packStates(layout: WinscardLayout, records: readonly ReaderStateRecord[]): Uint8Array {
  const bytes = new Uint8Array(layout.stateBytes * records.length);
  const view = new DataView(bytes.buffer);
  for (const [index, { nameAt, current }] of records.entries()) {
    const at = index * layout.stateBytes;
    view.setBigUint64(at, nameAt, true);
    writeDword(layout, view, at + 2 * POINTER_BYTES, current);
  }
  return bytes;
}

/** What the service made of such an array. */
export function unpackStates(layout: WinscardLayout, bytes: Uint8Array): ReportedState[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reported: ReportedState[] = [];
  for (let at = 0; at + layout.stateBytes <= bytes.length; at += layout.stateBytes) {
    const dwords = at + 2 * POINTER_BYTES;
    const length = Math.min(readDword(layout, view, dwords + 2 * layout.dwordBytes), layout.atrBytes);
    const atrAt = dwords + 3 * layout.dwordBytes;
    reported.push({
      event: readDword(layout, view, dwords + layout.dwordBytes),
      atr: bytes.slice(atrAt, atrAt + length),
    });
  }
  return reported;
}

/** A text with its end, as the service takes it. */
export function packText(layout: WinscardLayout, text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(`${text}\0`, layout.text));
}

/** The texts of a list that ends with an empty one. */
export function unpackTexts(layout: WinscardLayout, bytes: Uint8Array): string[] {
  return Buffer.from(bytes)
    .toString(layout.text)
    .split('\0')
    .filter((text) => text !== '');
}

/** SCARD_IO_REQUEST for a protocol. */
export function packIoRequest(layout: WinscardLayout, protocol: number): Uint8Array {
  const bytes = new Uint8Array(2 * layout.dwordBytes);
  const view = new DataView(bytes.buffer);
  writeDword(layout, view, 0, protocol);
  writeDword(layout, view, layout.dwordBytes, bytes.length);
  return bytes;
}

/** Room for a DWORD that a function reads or sets. */
export function packDword(layout: WinscardLayout, value: number): Uint8Array {
  const bytes = new Uint8Array(layout.dwordBytes);
  writeDword(layout, new DataView(bytes.buffer), 0, value);
  return bytes;
}

export function unpackDword(layout: WinscardLayout, bytes: Uint8Array): number {
  return readDword(layout, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
}

/** Room for a handle, and the handle that was put there. */
export const HANDLE_ROOM = 8;
export function unpackHandle(layout: WinscardLayout, bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (layout.handle === 'int32') return BigInt(view.getInt32(0, true));
  return layout.handle === 'int64' ? view.getBigInt64(0, true) : view.getBigUint64(0, true);
}

function writeDword(layout: WinscardLayout, view: DataView, at: number, value: number): void {
  if (layout.dwordBytes === 4) view.setUint32(at, value, true);
  else view.setBigUint64(at, BigInt(value), true);
}

function readDword(layout: WinscardLayout, view: DataView, at: number): number {
  return layout.dwordBytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true) & 0xffff_ffffn);
}
