import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whyNoReader } from './why-no-reader.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keyrack-usb-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A device at USB's place 1-2, as Linux shows it in /sys. */
function plugIn(product: string, interfaceClass: string, driver: string | null): void {
  const devices = join(root, 'sys/bus/usb/devices');
  mkdirSync(join(devices, '1-2'), { recursive: true });
  writeFileSync(join(devices, '1-2/manufacturer'), 'ACS\n');
  writeFileSync(join(devices, '1-2/product'), `${product}\n`);
  mkdirSync(join(devices, '1-2:1.0'));
  writeFileSync(join(devices, '1-2:1.0/bInterfaceClass'), `${interfaceClass}\n`);
  if (driver === null) return;
  const target = join(root, 'sys/bus/usb/drivers', driver);
  mkdirSync(target, { recursive: true });
  symlinkSync(target, join(devices, '1-2:1.0/driver'));
}

// Names with a colon, as Linux has them, can't be made on Windows.
describe.skipIf(process.platform === 'win32')('on Linux', () => {
  test("a reader that the kernel's own driver took is named with what frees it", () => {
    plugIn('ACR122U PICC Interface', '0b', 'pn533_usb');
    const text = whyNoReader('linux', root);
    expect(text).toContain("The kernel's driver pn533_usb holds ACS ACR122U PICC Interface");
    expect(text).toContain('modprobe -r pn533_usb');
    expect(text).not.toContain('libccid');
  });

  test('a reader of the standard class without its driver wants libccid', () => {
    plugIn('ACR1252 Reader', '0b', null);
    expect(whyNoReader('linux', root)).toMatch(/ACS ACR1252 Reader is plugged in.*install libccid/);
  });

  test('a reader of the standard class that has its driver is to be plugged in anew', () => {
    plugIn('ACR1252 Reader', '0b', 'usbfs');
    mkdirSync(join(root, 'usr/lib/pcsc/drivers/ifd-ccid.bundle'), { recursive: true });
    expect(whyNoReader('linux', root)).toContain('plug it in anew');
  });

  test('where other things are plugged in, no reader is', () => {
    plugIn('Keyboard', '03', 'usbhid');
    expect(whyNoReader('linux', root)).toContain('No card reader is plugged in');
  });

  test('where the kernel tells nothing, no reader is plugged in', () => {
    expect(whyNoReader('linux', root)).toContain('No card reader is plugged in');
  });
});

test.each(['win32', 'darwin'] as const)('on %s nothing of Linux is named', (platform) => {
  expect(whyNoReader(platform, root)).not.toMatch(/apt|libccid|pcscd|modprobe/);
});
