import type { Mac } from '@keyrack/protocol';
import { bareName, derivedMac, isModuleSlot } from './reader-name.ts';

/** Which readers of this computer are used, and as which encoders. */
export interface ReaderSettings {
  /**
   * The readers that are used, by their names with or without number, and the MAC of each. Empty: all readers are, each
   * with a MAC that is derived from its name (`derivedMac`).
   */
  readonly named: readonly { readonly mac: Mac; readonly reader: string }[];
  /** The encoder for card types 2 and 3. */
  readonly forSignedIn: Mac | null;
}

/** The MAC that a reader answers to; null when it isn't used. @param desk names this installation, as the agent's id does */
export function macOfReader({ named }: ReaderSettings, reader: string, desk: string): Mac | null {
  if (named.length === 0) return isModuleSlot(reader) ? null : derivedMac(reader, desk);
  const exact = named.find((each) => each.reader === reader);
  const byModel = named.find((each) => each.reader === bareName(reader));
  return (exact ?? byModel)?.mac ?? null;
}
