/** What PC/SC's functions return, by name (WinError.h and pcsclite.h, which agree on these). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x80100001, 'InternalError'],
  [0x80100002, 'Cancelled'],
  [0x80100003, 'InvalidHandle'],
  [0x80100004, 'InvalidParameter'],
  [0x80100008, 'InsufficientBuffer'],
  [0x80100009, 'UnknownReader'],
  [0x8010000a, 'Timeout'],
  [0x8010000b, 'SharingViolation'],
  [0x8010000c, 'NoSmartCard'],
  [0x8010000d, 'UnknownCard'],
  [0x8010000f, 'ProtocolMismatch'],
  [0x80100010, 'NotReady'],
  [0x80100011, 'InvalidValue'],
  [0x80100012, 'SystemCancelled'],
  [0x80100013, 'CommError'],
  [0x80100016, 'NotTransacted'],
  [0x80100017, 'ReaderUnavailable'],
  [0x8010001d, 'NoService'],
  [0x8010001e, 'ServiceStopped'],
  [0x8010002e, 'NoReaders'],
  [0x80100065, 'UnsupportedCard'],
  [0x80100066, 'UnresponsiveCard'],
  [0x80100067, 'UnpoweredCard'],
  [0x80100068, 'ResetCard'],
  [0x80100069, 'RemovedCard'],
  [0x8010006a, 'SecurityViolation'],
]);

/** Errors of Windows itself, which its service hands on: the caller isn't allowed, or there is no such service. */
const WINDOWS_NAMES: ReadonlyMap<number, string> = new Map([
  [5, 'SecurityViolation'],
  [6, 'InvalidHandle'],
  [22, 'NotTransacted'], // ERROR_BAD_COMMAND
  [31, 'NotTransacted'], // ERROR_GEN_FAILURE
  [1_722, 'NoService'], // RPC_S_SERVER_UNAVAILABLE
  [1_726, 'NoService'], // RPC_S_CALL_FAILED
]);

export function codeName(code: number): string {
  return NAMES.get(code) ?? WINDOWS_NAMES.get(code) ?? `0x${code.toString(16).padStart(8, '0')}`;
}

/** Codes after which a context is of no use: the service is away, or was started anew. */
export function endsContext(code: string): boolean {
  return ['NoService', 'ServiceStopped', 'CommError', 'InvalidHandle', 'InternalError', 'SecurityViolation'].includes(
    code,
  );
}
