import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentOnCard } from '@keyrack/agent';
import { type Chip, deriveCardKey, findingOf, type Reading, type Serial } from '@keyrack/protocol';

/** What a simulated card holds now, read from its file behind everybody's back. */
export function readPlastic(folder: string, serial: Serial, propertyCardKey: Uint8Array): Reading {
  const text = readFileSync(join(folder, 'cards', `${serial}.json`), 'utf8');
  const { chip, memory } = JSON.parse(text) as { chip: Chip; memory: string };
  const card = { serial, chip, memory: new Uint8Array(Buffer.from(memory, 'hex')), lyingOn: null, tear: null };
  return contentOnCard(card, [deriveCardKey(propertyCardKey, 1, serial)]);
}

/** The number of the lock that it opens, as readCard tells it: empty where it opens none. */
export function lockNumberOn(content: Reading): string {
  const finding = findingOf(content);
  return finding.kind === 'image' ? String(finding.image.lockNumber) : '';
}

/** What one would call it. */
export function kindOf(content: Reading): 'issued' | 'blank' | 'garbled' | 'unreadable' {
  const finding = findingOf(content);
  switch (finding.kind) {
    case 'blank':
    case 'unreadable':
      return finding.kind;
    case 'image':
      return finding.access === 'keyed' ? 'issued' : 'garbled';
    default:
      return 'garbled';
  }
}
