/** An error of the system as Node throws it. `setting` names the variable that chose an address, where it isn't PORT and HOST. */
export type SystemError = NodeJS.ErrnoException & {
  port?: number;
  address?: string;
  hostname?: string;
  dest?: string;
  setting?: string;
};

/** What the system says of a file, by its code: what is the case, and what to do. */
const FILES: Readonly<Record<string, readonly [found: string, todo: string]>> = {
  ENOENT: ["isn't there", 'Check the name, and make the folder that it is to lie in.'],
  ENOTDIR: ["can't be used as a folder: something there is a file", 'Name another folder.'],
  EEXIST: ["can't be made: something of that name is there", 'Name another, or move it away.'],
  EISDIR: ['is a folder', 'Name a file.'],
  ENOTEMPTY: ["is a folder that isn't empty", 'Name another, or move away what is in it.'],
  EACCES: ['is closed to this user', 'Give this user the right to it, or name another.'],
  EPERM: ['is closed to this user', 'Give this user the right to it, or name another.'],
  EROFS: ["can't be written to: its file system is read-only", 'Name another folder.'],
  ENOSPC: ["can't be written: the disk is full", 'Make room and start again.'],
  EDQUOT: ["can't be written: this user's share of the disk is used up", 'Make room and start again.'],
  EFBIG: ["can't grow any more: its file system takes no larger file", 'Name a folder on another disk.'],
  EMFILE: ["can't be opened: this program has too many files open", 'Raise the limit (ulimit -n) and start again.'],
  ENFILE: ["can't be opened: this computer has too many files open", 'End other programs and start again.'],
  ENAMETOOLONG: ['has too long a name', 'Choose a shorter one.'],
  ELOOP: ['leads in a circle of links', 'Name the file itself.'],
  EXDEV: ["can't be moved to another file system", 'Name a folder on the same disk.'],
  EBUSY: ['is in use by another program', 'End that program and try again.'],
  ETXTBSY: ['is in use by another program', 'End that program and try again.'],
  EIO: ["can't be read or written: the disk fails", 'Check the disk.'],
  EINVAL: ["can't be used so by this system", 'Check the name.'],
  ENODEV: ["isn't a device that is there", 'Check the name.'],
  ENXIO: ["isn't a device that is there", 'Check the name.'],
};

/** What the system says of a connection. */
const CONNECTIONS: Readonly<Record<string, readonly [found: string, todo: string]>> = {
  ECONNREFUSED: ['nobody listens there', 'Start the server, or check the address with its port.'],
  ECONNRESET: ['it broke the connection', 'Try again, and look at the log of the server.'],
  EPIPE: ['it broke the connection', 'Try again.'],
  ETIMEDOUT: ["it doesn't answer", 'Check the address and the network.'],
  EHOSTUNREACH: ['there is no way to it', 'Check the network.'],
  ENETUNREACH: ['there is no way to it', 'Check the network.'],
  EAI_AGAIN: ["its name can't be looked up now", 'Check the network.'],
};

/** Why a file that somebody named can't be read, with what to do about it. */
export function unreadableFile(file: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const [found, todo] = FILES[code ?? ''] ?? [`can't be read (${code})`, 'Check it.'];
  return `The file ${file} ${found}. ${code === 'ENOENT' ? 'Check the name.' : todo}`;
}

/** An error of the system in words: what is the case, and what to do. Null for what isn't one. */
export function explainSystemError(error: SystemError): string | null {
  const { code = '', syscall } = error;
  if (syscall === 'listen' || syscall === 'bind' || code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL')
    return explainListening(error);
  if (code === 'ENOTFOUND') {
    // Node looks a name up before it listens at it, and says so in the same words.
    return `This computer has no address ${error.hostname ?? error.address ?? ''}. Choose an address of it, without port and brackets, with ${error.setting ?? 'HOST'}=….`;
  }
  const reached = CONNECTIONS[code];
  if (reached !== undefined && (syscall !== 'write' || error.path === undefined)) {
    const where = error.address === undefined ? 'The server' : `${error.address}:${error.port}`;
    return `${where} can't be reached: ${reached[0]}. ${reached[1]}`;
  }
  const file = FILES[code];
  if (file === undefined) return null;
  return `${error.path ?? error.dest ?? 'A file'} ${file[0]}. ${file[1]}`;
}

function explainListening({ code, port, address, setting }: SystemError): string {
  const [portSetting, hostSetting] = [setting ?? 'PORT', setting ?? 'HOST'];
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${address} is taken. Stop the program that has it, or choose another with ${portSetting}=….`;
    case 'EACCES':
    case 'EPERM':
      return `This user may not listen on port ${port}. Choose another with ${portSetting}=….`;
    default:
      return `This computer has no address ${address ?? ''}. Choose another with ${hostSetting}=….`;
  }
}
