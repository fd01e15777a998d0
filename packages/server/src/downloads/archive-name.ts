/** A system that the front desk's program is packed for, as archives name it. */
export const SYSTEMS = ['linux-x64', 'linux-arm64', 'win-x64'] as const;
export type System = (typeof SYSTEMS)[number];

export interface ArchiveName {
  readonly version: string;
  readonly system: System;
}

const VERSION = String.raw`\d{1,9}(?:\.\d{1,9}){2}(?:-[0-9A-Za-z.-]{1,40})?`;
const NAME = new RegExp(`^keyrack-agent-(${VERSION})-(?:(linux-x64|linux-arm64)\\.tar\\.xz|(win-x64)\\.zip)$`);

/** What an archive of the front desk's program is, by its name; null for whatever else lies in the folder. */
export function parseArchiveName(name: string): ArchiveName | null {
  const [, version, linux, windows] = NAME.exec(name) ?? [];
  const system = linux ?? windows;
  return version === undefined || system === undefined ? null : { version, system: system as System };
}

/** The newest first, and each version's systems in their usual order. */
export function byVersion(one: ArchiveName, other: ArchiveName): number {
  return (
    NUMBERS.compare(coreOf(other), coreOf(one)) ||
    // A version before its release is older than the release.
    Number(one.version.includes('-')) - Number(other.version.includes('-')) ||
    NUMBERS.compare(other.version, one.version) ||
    SYSTEMS.indexOf(one.system) - SYSTEMS.indexOf(other.system)
  );
}

const NUMBERS = new Intl.Collator('en', { numeric: true });
const coreOf = ({ version }: ArchiveName) => version.split('-', 1)[0] ?? '';
