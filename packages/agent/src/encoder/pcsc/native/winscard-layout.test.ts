import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingText, openPcsc, PcscMissing } from './reader-process.ts';
import {
  packDword,
  packStates,
  packText,
  unpackDword,
  unpackHandle,
  unpackStates,
  unpackTexts,
  winscardLayout,
} from './winscard-layout.ts';

const layoutOf = (platform: string) => {
  const layout = winscardLayout(platform);
  if (layout === null) throw new Error(`nothing is known of ${platform}`);
  return layout;
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Offsets in SCARD_READERSTATE of dwCurrentState, dwEventState, cbAtr and rgbAtr, from each system's header. */
const OFFSETS = {
  linux: { current: 16, event: 24, length: 32, atr: 40, next: 80 },
  win32: { current: 16, event: 20, length: 24, atr: 28, next: 64 },
  darwin: { current: 16, event: 20, length: 24, atr: 28, next: 61 },
} as const;

describe.each(['linux', 'win32', 'darwin'] as const)('on %s', (platform) => {
  const layout = layoutOf(platform);
  const offsets = OFFSETS[platform];

  test('readers are asked for where the header has them', () => {
    const bytes = packStates(layout, [
      { nameAt: 0x1122334455667788n, current: 0 },
      { nameAt: 0xffee_0000n, current: 0x0003_0022 },
    ]);
    expect(bytes).toHaveLength(2 * offsets.next);
    expect(hex(bytes.subarray(0, 8))).toBe('8877665544332211');
    expect(hex(bytes.subarray(offsets.next + offsets.current, offsets.next + offsets.current + 4))).toBe('22000300');
  });

  test('what is told of them is read there', () => {
    const bytes = new Uint8Array(2 * offsets.next);
    bytes.set([0x22, 0x00, 0x03, 0x00], offsets.next + offsets.event);
    bytes.set([2], offsets.next + offsets.length);
    bytes.set([0x3b, 0x8f], offsets.next + offsets.atr);
    expect(unpackStates(layout, bytes)[1]).toEqual({ event: 0x0003_0022, atr: Uint8Array.of(0x3b, 0x8f) });
  });

  test('texts keep every character', () => {
    const names = ['ACS ACR122U 0', '读卡器 00 00'];
    const list = Uint8Array.from([...names, ''].flatMap((name) => [...packText(layout, name)]));
    expect(unpackTexts(layout, list)).toEqual(names);
  });

  test('numbers keep all their bits', () => {
    expect(unpackDword(layout, packDword(layout, 0x8010_002e))).toBe(0x8010_002e);
    expect(unpackHandle(layout, Uint8Array.of(1, 0, 0, 0x70, 0, 0, 0, 0))).toBe(0x7000_0001n);
  });

  test('a missing library is told with what to do there', () => {
    const text = missingText(platform, 'not found');
    expect(text).toContain('not found');
    expect(text.includes('apt-get')).toBe(platform === 'linux');
  });
});

/** As an install that leaves optional packages out has it. */
test('a missing koffi, or its binary, is told with what to do', async () => {
  const hook = `import { registerHooks } from 'node:module';
    registerHooks({ resolve: (name, context, next) => {
      if (name === 'koffi') throw new Error('Cannot find the native Koffi module');
      return next(name, context);
    } });`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(hook)}`;
  const opening = openPcsc({ env: { ...process.env, NODE_OPTIONS } });
  await expect(opening).rejects.toThrow(PcscMissing);
  await expect(opening).rejects.toThrow(/install Keyrack anew.*Cannot find the native Koffi module/);
});

test('elsewhere PC/SC is not known', () => {
  expect(winscardLayout('freebsd')).toBeNull();
});

test.each(['linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64', 'darwin-x64', 'darwin-arm64'])(
  'on %s the driver has its binary, as npm would install it',
  (platform) => {
    const root = join(import.meta.dirname, '../../../../../..');
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const [os, cpu] = platform.split('-');
    const wanted = Object.keys(packages['node_modules/koffi'].optionalDependencies);
    const found = wanted.filter((name) => {
      const locked = packages[`node_modules/${name}`];
      return locked?.os?.includes(os) && locked.cpu?.includes(cpu) && locked.integrity !== undefined;
    });
    expect(found).toHaveLength(1);
  },
);
