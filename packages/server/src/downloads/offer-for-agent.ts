import { AGENT_LIMITS, type OfferedArchive } from '@keyrack/protocol';
import type { Catalogue } from './catalogue.ts';
import type { OneTimeLinks } from './one-time-links.ts';
import { DOWNLOADS_PATH } from './serve-downloads.ts';

/** How long the link of an offer is good: agents begin to download at once. Milliseconds. */
const LINK_MS = 10 * 60_000;

/** The newest archive for a system, with a link that gives it once; null where there is none. */
export async function offerForAgent(
  { catalogue, links }: { readonly catalogue: Catalogue; readonly links: Pick<OneTimeLinks, 'make'> },
  system: string,
  now: number,
): Promise<OfferedArchive | null> {
  const newest = (await catalogue.list()).find((each) => each.system === system);
  const texts = newest === undefined ? null : await catalogue.texts();
  if (newest === undefined || texts === null || texts.checksums.length > AGENT_LIMITS.offerChecksums) return null;
  const { name, bytes } = newest;
  const path = `${DOWNLOADS_PATH}${name}?link=${links.make({ expiresAt: now + LINK_MS, now })}`;
  return { name, bytes, checksums: texts.checksums, signature: texts.signature, path };
}
