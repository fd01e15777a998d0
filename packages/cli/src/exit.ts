import { matterOfSystemError } from '@keyrack/server/store/system-errors.ts';

/** Exit codes that scripts may go by. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command came to nothing. The message is one line that says why and what to do. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode = EXIT.failed) {
    super(message);
    this.code = code;
  }
}

/** A command was asked for something that can't be: the person who typed it made the mistake. */
export function usageError(message: string): CommandFailure {
  return new CommandFailure(message, EXIT.usage);
}

/** Errors by name whose message is written for the person at the terminal. */
const FOR_PEOPLE = new Set([
  'CommandFailure',
  'ControlError',
  'UnusableCardFile',
  'FolderInUse',
  'FolderLockError',
  'IdentityError',
  'JournalError',
  'MasterKeyError',
  'PairingError',
  'PcscMissing',
  'StoreError',
  'StoreOpenError',
]);

/** Those among them that tell of a mistake in what was typed. */
const TYPED_WRONG = new Set(['AddressError', 'ConfigError']);

/** What to print for an exception, and the exit code. Anything unforeseen is a bug and shows its stack. */
export function explain(error: unknown): { readonly message: string; readonly code: ExitCode } {
  if (!(error instanceof Error)) return { message: String(error), code: EXIT.failed };
  if (error instanceof CommandFailure) return { message: error.message, code: error.code };
  if (TYPED_WRONG.has(error.name)) return { message: error.message, code: EXIT.usage };
  if (FOR_PEOPLE.has(error.name)) return { message: error.message, code: EXIT.failed };
  const known = explainSystemError(error);
  return { message: known ?? error.stack ?? error.message, code: EXIT.failed };
}

/** `setting` names the variable that chose the address, where it isn't PORT and HOST. */
type SystemError = NodeJS.ErrnoException & { port?: number; address?: string; setting?: string; dest?: string };

function explainSystemError(error: SystemError): string | null {
  return (error.syscall === 'listen' ? explainListenError(error) : null) ?? explainPathError(error);
}

function explainListenError(error: SystemError): string | null {
  const [portSetting, hostSetting] = [error.setting ?? 'PORT', error.setting ?? 'HOST'];
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${error.port} on ${error.address} is taken. Stop the program that has it, or choose another with ${portSetting}=….`;
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return `This computer has no address ${error.address ?? ''}. Choose another with ${hostSetting}=….`;
    case 'EACCES':
    case 'EPERM':
      return `This user may not listen on port ${error.port}. Choose another with ${portSetting}=….`;
    default:
      return null;
  }
}

function explainPathError(error: SystemError): string | null {
  const matter = matterOfSystemError(error);
  if (matter === null) return null;
  const hostSetting = error.setting ?? 'HOST';
  // The name of this computer that was chosen is looked up before anybody listens there.
  if (error.syscall === 'getaddrinfo')
    return `This computer has no address ${hostOf(error)}. Choose another with ${hostSetting}=….`;
  const peer = error.address === undefined ? undefined : `${error.address}${error.port ? `:${error.port}` : ''}`;
  const where = error.path ?? peer;
  return where === undefined ? `${matter.charAt(0).toUpperCase()}${matter.slice(1)}` : `${where}: ${matter}`;
}

function hostOf(error: SystemError): string {
  return (error as { hostname?: string }).hostname ?? error.address ?? '';
}
