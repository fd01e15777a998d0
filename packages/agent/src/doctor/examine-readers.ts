import type { ReaderList } from '../encoder/index.ts';
import type { Finding } from './finding.ts';

/** @param list what is plugged in; null where card readers aren't used */
export function examineReaders(list: ReaderList | null): Finding[] {
  if (list === null) return [{ check: 'pcsc', found: 'card readers are not used', todo: null }];
  if (list.service !== 'running') {
    return [{ check: 'pcsc', found: `the PC/SC service is ${list.service}`, todo: list.message }];
  }
  const used = list.readers.filter(({ mac }) => mac !== null);
  const names = list.readers.map(({ name, mac }) => `${name} (${mac ?? 'not used'})`).join(', ');
  return [
    { check: 'pcsc', found: 'the PC/SC service is running', todo: null },
    used.length === 0
      ? {
          check: 'readers',
          found: names || 'none is plugged in',
          todo: 'Plug a reader in, or name it: see `keyrack agent readers`.',
        }
      : { check: 'readers', found: names, todo: null },
  ];
}
