/** The systems that the front desk's program is packed for, as the server names them. */
export type System = 'win-x64' | 'linux-x64' | 'linux-arm64';

/** What a browser tells of its computer: by hints, where it knows them, and by its name. */
export interface Told {
  readonly platform: string | null;
  readonly architecture: string | null;
  readonly userAgent: string;
}

/** The system of the computer that looks; null for one that no package is for, such as a telephone. */
export function systemOf({ platform, architecture, userAgent }: Told): System | null {
  const name = platform ?? userAgent;
  // Of Windows on ARM, which runs programs for x64 too.
  if (/Windows/i.test(name)) return 'win-x64';
  if (!/Linux/i.test(name) || /Android/i.test(userAgent)) return null;
  // Chromium's own name says x86_64 on every computer; its hint doesn't.
  const isArm = architecture !== null ? /^arm/i.test(architecture) : /aarch64|armv8/i.test(userAgent);
  return isArm ? 'linux-arm64' : 'linux-x64';
}
