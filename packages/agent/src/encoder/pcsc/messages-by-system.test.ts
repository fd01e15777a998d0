import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examineReaders } from '../../doctor/examine-readers.ts';
import { CARD_ERRORS } from '../card-error.ts';
import type { ReaderList } from './list-readers.ts';
import { missingText } from './native/reader-process.ts';
import { cardErrorOf } from './pcsc-failure.ts';
import { whyNoReader } from './why-no-reader.ts';
import { type ServiceTrouble, serviceText } from './why-no-service.ts';

/** Every message about readers, on every system: each names what is the case there, and nothing of another system. */

const SYSTEMS = ['linux', 'win32', 'darwin'] as const;
type System = (typeof SYSTEMS)[number];

const WORDS: Readonly<Record<System, RegExp>> = {
  linux: /pcscd|systemctl|journalctl|apt-get|libccid|libpcsclite|polkit|modprobe|\/etc\/|kernel/,
  win32: /Windows|Device Manager|services\.msc|SCardSvr|winscard|sfc/,
  darwin: /macOS|PCSC\.framework/,
};

const TROUBLES: readonly ServiceTrouble[] = ['not-running', 'refused', 'ends-at-once', 'passing'];
const PCSC_CODES = ['NoService', 'SharingViolation', 'NoSmartCard', 'UnresponsiveCard', 'RemovedCard', 'UnknownReader'];

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'keyrack-usb-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** By what is the case. */
function messagesOn(platform: System): [string, string][] {
  const system = { platform, socket: '', isRoot: false };
  return [
    ...TROUBLES.map((trouble): [string, string] => [trouble, serviceText(trouble, 'NoService', system)]),
    ['no reader', whyNoReader(platform, root)],
    ['no library', missingText(platform, 'not found')],
    ['no koffi', missingText(platform, 'not found', 'koffi')],
  ];
}

/** What is said in the same words everywhere. */
function messagesEverywhere(): string[] {
  const services = ['missing', 'not-running', 'refused', 'ends-at-once'] as const;
  const lists: ReaderList[] = services.map((service) => ({ service, message: 'Do this.' }));
  return [
    ...Object.values(CARD_ERRORS),
    ...PCSC_CODES.flatMap((code) => [
      cardErrorOf({ code }, 'connect').message,
      cardErrorOf({ code }, 'exchange').message,
    ]),
    ...lists.flatMap((list) => examineReaders(list).map(({ found }) => found)),
  ];
}

describe.each(SYSTEMS)('on %s', (platform) => {
  test('no message names another system’s parts', () => {
    for (const other of SYSTEMS) {
      if (other === platform) continue;
      for (const [what, text] of messagesOn(platform))
        expect([what, text]).toEqual([what, expect.not.stringMatching(WORDS[other])]);
    }
  });

  test('what is the case is told in words of its own', () => {
    const texts = messagesOn(platform).map(([, text]) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

test('what is said everywhere names no system', () => {
  for (const text of messagesEverywhere()) for (const system of SYSTEMS) expect(text).not.toMatch(WORDS[system]);
});

describe('on Linux', () => {
  test.each([
    ['not-running', 'systemctl enable --now pcscd.socket'],
    ['refused', 'polkit'],
    ['ends-at-once', 'journalctl -u pcscd'],
  ] as const)('%s says what to do about that alone', (trouble, todo) => {
    const text = serviceText(trouble, 'NoService', { platform: 'linux', socket: '', isRoot: false });
    expect(text).toContain(todo);
    const others = ['systemctl enable', 'polkit', 'journalctl'].filter((each) => !todo.startsWith(each));
    for (const other of others) expect(text).not.toContain(other);
  });
});

// Names with a colon, as Linux has them, can't be made on Windows.
test.skipIf(process.platform === 'win32').each(['pn533_usb', 'port100'])(
  'a reader that the kernel’s %s holds is told as held on Linux, and not on other systems',
  (driver) => {
    const devices = join(root, driver, 'sys/bus/usb/devices');
    const target = join(root, driver, 'sys/bus/usb/drivers', driver);
    mkdirSync(join(devices, '1-2:1.0'), { recursive: true });
    mkdirSync(join(devices, '1-2'));
    mkdirSync(target, { recursive: true });
    writeFileSync(join(devices, '1-2/product'), 'ACR122U\n');
    symlinkSync(target, join(devices, '1-2:1.0/driver'));
    expect(whyNoReader('linux', join(root, driver))).toMatch(
      new RegExp(`${driver} holds ACR122U.*modprobe -r ${driver}`),
    );
    expect(whyNoReader('linux', join(root, driver))).not.toContain('libccid');
    expect(whyNoReader('win32', join(root, driver))).not.toContain(driver);
  },
);
