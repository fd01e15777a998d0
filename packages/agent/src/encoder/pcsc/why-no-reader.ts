import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Why the PC/SC service lists no reader, and what to do. On Linux the kernel tells what is plugged in: a reader that it
 * drives itself is none to PC/SC, and a reader of the standard class needs the driver for that.
 */

/** Drivers of the kernel for NFC that take readers from PC/SC. */
const NFC_DRIVERS: ReadonlySet<string> = new Set(['pn533_usb', 'port100']);
/** USB's class of smart card readers (CCID). */
const CCID_CLASS = '0b';
const CCID_DRIVER = 'usr/lib/pcsc/drivers/ifd-ccid.bundle';

interface UsbInterface {
  readonly device: string;
  readonly interfaceClass: string;
  /** The kernel's driver that holds it; null for none. */
  readonly driver: string | null;
}

/** @param root where the system's folders begin: `/` but in tests */
export function whyNoReader(platform: NodeJS.Platform, root = '/'): string {
  if (platform === 'win32')
    return 'No card reader is plugged in, or Windows has no driver for it: see "Smart card readers" in the Device Manager.';
  if (platform !== 'linux') return 'No card reader is plugged in, or the system has no driver for it.';
  const held = whatKernelHolds(platform, root);
  if (held !== null) return held;
  const interfaces = usbInterfaces(root);
  const reader = interfaces.find(({ interfaceClass }) => interfaceClass === CCID_CLASS);
  if (reader === undefined)
    return "No card reader is plugged in; or it is one of those that need their maker's driver (ACS: `apt-get install libacsccid1`).";
  if (!existsSync(join(root, CCID_DRIVER)))
    return `${reader.device} is plugged in, and PC/SC has no driver for it: install libccid, and restart pcscd.`;
  return `${reader.device} is plugged in, and PC/SC does not list it: plug it in anew, restart pcscd, or install the maker's driver.`;
}

/** Which reader Linux drives by itself, so that PC/SC can't list it, and what frees it; null where there is none. */
export function whatKernelHolds(platform: NodeJS.Platform, root = '/'): string | null {
  if (platform !== 'linux') return null;
  const held = usbInterfaces(root).find(({ driver }) => driver !== null && NFC_DRIVERS.has(driver));
  if (held === undefined) return null;
  const { device, driver } = held;
  return `The kernel's driver ${driver} holds ${device}: run \`modprobe -r ${driver}\`, write "blacklist ${driver}" into /etc/modprobe.d/keyrack.conf, and plug the reader in anew.`;
}

function usbInterfaces(root: string): UsbInterface[] {
  const folder = join(root, 'sys/bus/usb/devices');
  const names = unless<string[]>([], () => readdirSync(folder));
  return names
    .filter((name) => name.includes(':'))
    .map((name) => ({
      device: deviceName(join(folder, name.slice(0, name.indexOf(':')))),
      interfaceClass: unless('', () => readFileSync(join(folder, name, 'bInterfaceClass'), 'utf8').trim()),
      driver: unless(null, () => basename(readlinkSync(join(folder, name, 'driver')))),
    }));
}

function deviceName(folder: string): string {
  const read = (file: string) => unless('', () => readFileSync(join(folder, file), 'utf8').trim());
  return [read('manufacturer'), read('product')].filter(Boolean).join(' ') || 'a reader without a name';
}

/** What can't be read is as if it weren't there: devices come and go. */
function unless<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
