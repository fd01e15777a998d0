import { join } from 'node:path';
import { VERSION } from '@keyrack/protocol/version.ts';
import { describe, inject } from 'vitest';
import { FORMS, nameOf } from '../../../packaging/build/forms.ts';
import { MACHINE } from '../../../packaging/build/installed-packages.ts';
import { PRODUCTS, type ProductName } from '../../../packaging/build/products.ts';
import type { NEXT_VERSION } from './next-version.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that build-once.ts built into. */
    packages: string;
  }
}

/** The system of this machine, which packages are built for. */
export const SYSTEM = MACHINE ?? 'linux-x64';

/** The environment for what runs from a package: nothing of this machine's Node, packages or settings. */
export const BARE = { PATH: '/usr/bin:/bin' };

/**
 * A folder as `npm run package` leaves it: the agent's archive of this version or the next, Debian's packages, checksums and
 * their signature.
 */
export const builtFolder = (version: typeof VERSION | typeof NEXT_VERSION = VERSION): string =>
  join(inject('packages'), version === VERSION ? 'now' : 'next');

/** The agent's archive of this version or the next, in that folder. */
export const agentArchive = (version: typeof VERSION | typeof NEXT_VERSION = VERSION): string =>
  FORMS.archive.file('agent', version, SYSTEM);

/** The unpacked `keyrack-agent/` or `keyrack-server/` of this version or the next. Nobody writes there: other tests use it too. */
export const unpacked = (product: ProductName, version: typeof VERSION | typeof NEXT_VERSION = VERSION): string =>
  join(builtFolder(version), nameOf(product, version, SYSTEM), PRODUCTS[product].name);

/** Tests of what `npm run package` builds. Skipped on systems that there are no packages for. */
export function describePackages(what: string, tests: () => void): void {
  if (MACHINE?.startsWith('linux')) describe(what, tests);
  else describe.skip(`${what} (needs Linux on x64 or arm64)`, tests);
}
