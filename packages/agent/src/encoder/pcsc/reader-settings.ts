import type { Mac } from '@keyrack/protocol';
import { bareName, cleanName, derivedMac, isModuleSlot, isVirtualReader, shownName } from './reader-name.ts';

/** Which readers of this computer are used, and as which encoders. */
export interface ReaderSettings {
  /**
   * The readers that are used, by their names with or without number, and the MAC of each. A name is right as the system
   * has it, as `keyrack agent readers` prints it, and as a log shows it. Empty: all readers are used that may have cards
   * laid on them, each with a MAC that is derived from its name (`derivedMac`).
   */
  readonly named: readonly { readonly mac: Mac; readonly reader: string }[];
  /** The encoder for card types 2 and 3. */
  readonly forSignedIn: Mac | null;
}

/** The MAC that a reader answers to; null when it isn't used. @param installationId names this installation, as the agent's id does */
export function macOfReader({ named }: ReaderSettings, reader: string, installationId: string): Mac | null {
  if (named.length === 0)
    return isModuleSlot(reader) || isVirtualReader(reader) ? null : derivedMac(reader, installationId);
  // The most exact name goes first: several readers may be called the same without their numbers, or cut short.
  for (const name of [reader, cleanName(reader), bareName(reader), bareName(cleanName(reader)), shownName(reader)]) {
    const found = named.find((each) => each.reader === name);
    if (found !== undefined) return found.mac;
  }
  return null;
}
