import { cached, debianIn, hashOf } from './test-cache.mjs';

/** Its pcscd asks polkit who may use card readers; that of Debian 12 lets everybody. */
const SUITE = 'trixie';
/** What a server or a front desk has anyway, and what the packages depend on or recommend: they are installed without a network. */
const PACKAGES = ['systemd', 'systemd-sysv', 'dbus', 'libstdc++6', 'libgcc-s1', 'libpcsclite1', 'pcscd'];

/** A Debian that boots with systemd, in which nothing was run yet. Returns its folder, which nobody writes to. */
export function debianRoot() {
  const version = hashOf([SUITE, ...PACKAGES].join());
  return cached(`debian-${version}`, `a Debian ${SUITE} with systemd (mmdebstrap, half a minute)`, (folder) =>
    debianIn(folder, SUITE, PACKAGES),
  );
}
