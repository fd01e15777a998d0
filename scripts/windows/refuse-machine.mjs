import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Why Windows can't be tried on this machine; null where it can. */
export function refusalOfMachine(
  { platform, arch, getuid } = process,
  path = process.env.PATH ?? '',
  more = ['/usr/sbin', '/sbin'],
) {
  if (platform !== 'linux' || arch !== 'x64') return `it takes Linux on x64, and this is ${platform} on ${arch}`;
  if (getuid?.() !== 0) return 'it takes root, which makes a Debian of its own for Wine';
  const folders = [...path.split(delimiter), ...more];
  const missing = ['mmdebstrap', 'unshare', 'setpriv', 'ip', 'chroot', 'mount'].filter(
    (program) => !folders.some((folder) => isProgram(join(folder, program))),
  );
  return missing.length === 0 ? null : `${missing.join(', ')} is missing; install mmdebstrap, util-linux and iproute2`;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
