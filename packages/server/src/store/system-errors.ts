/**
 * What the system's errors mean to a person, and what to do: the part behind "FILE: ". One table for every command, so
 * that nobody gets to see a code alone, or a stack.
 */
const MATTERS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder. Check the path.',
  ENOTDIR: 'a part of this path is a file and no folder. Check the path.',
  EISDIR: 'this is a folder, where a file is wanted. Check the path.',
  EEXIST: 'something is there already that is in the way. Name another path.',
  ENOTEMPTY: "this folder isn't empty. Name another one, or empty it.",
  EACCES: 'this user has no right to it. Give it the right, or name another path.',
  EPERM: 'this user has no right to it. Give it the right, or name another path.',
  ENOTSUP: 'the system makes no folders there. Name a path on a disk.',
  EROFS: 'the disk is read-only. Name a path on another one.',
  ENOSPC: 'the disk is full. Make room and try again.',
  EDQUOT: "this user's share of the disk is full. Make room and try again.",
  EFBIG: 'it would be larger than a file may be there. Name a path on another disk.',
  EMFILE: 'this program has too many files open. Raise its limit (ulimit -n) and try again.',
  ENFILE: 'this computer has too many files open. End other programs and try again.',
  ENOMEM: 'this computer has no memory left. End other programs and try again.',
  ENAMETOOLONG: 'this path is too long. Name a shorter one.',
  ELOOP: 'the links on this path lead in a circle. Name the file itself.',
  EXDEV: "it can't be moved to another disk. Name a path on the same one.",
  EBUSY: 'another program, or the system, is using it. End that and try again.',
  ETXTBSY: 'another program is using it. End that and try again.',
  EIO: "the disk can't be read or written. Check it.",
  EINVAL: 'the system takes no such file there. Name another path.',
  ENXIO: 'nobody is at the other end of it. Name a file.',
  ENODEV: 'there is no such device. Name a file.',
  ECONNREFUSED: 'nobody answers there. Start the program that should, or check the address.',
  ECONNRESET: 'the other end hung up. Try again.',
  EPIPE: 'the other end hung up. Try again.',
  ETIMEDOUT: 'nobody answers there in time. Check the address and the network.',
  EHOSTUNREACH: 'there is no way to that computer. Check the address and the network.',
  ENETUNREACH: 'there is no way to that network. Check the address and the network.',
  ENOTFOUND: 'no computer has this name. Check the address.',
  EAI_AGAIN: "the name can't be looked up now. Check the network and try again.",
};

/** The codes that have words. */
export const SYSTEM_ERROR_CODES: readonly string[] = Object.keys(MATTERS);

/** The matter behind a code of the system's; null where it is none. */
export function matterOfSystemError(error: unknown): string | null {
  const { code, syscall, message } = error as { code?: unknown; syscall?: unknown; message?: unknown };
  if (typeof code !== 'string') return null;
  // The rare ones have no words of their own, and still no stack.
  return MATTERS[code] ?? (typeof syscall === 'string' ? `the system refused it (${String(message)}).` : null);
}
