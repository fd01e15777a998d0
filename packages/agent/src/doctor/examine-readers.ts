import type { ReaderList } from '../encoder/index.ts';
import type { Finding } from './finding.ts';

const SERVICE_TEXTS = {
  missing: 'PC/SC is not installed',
  'not-running': 'the PC/SC service is not running',
  refused: 'the PC/SC service refuses this user',
  'ends-at-once': 'the PC/SC service ends at once',
} as const;

/** @param list what is plugged in; null where neither a flag nor the agent's settings name card readers */
export function examineReaders(list: ReaderList | null): Finding[] {
  if (list === null) {
    return [{ check: 'pcsc', found: 'not looked at; add --pcsc where the agent is started with it', todo: null }];
  }
  if (list.service !== 'running') {
    return [{ check: 'pcsc', found: SERVICE_TEXTS[list.service], todo: list.message }];
  }
  const used = list.readers.filter(({ mac }) => mac !== null);
  const names = list.readers.map(({ name, mac }) => `${name} (${mac ?? 'not used'})`).join(', ');
  return [
    { check: 'pcsc', found: 'the PC/SC service is running', todo: null },
    used.length === 0
      ? {
          check: 'readers',
          found: names || 'none is plugged in',
          todo: list.whyNone ?? 'Name the one that is to be used: see `keyrack agent readers`.',
        }
      : { check: 'readers', found: names, todo: list.heldByKernel },
  ];
}
