import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openPcsc } from './native/reader-process.ts';
import { type FakeService, fakeService } from './testing/fake-service.ts';
import { describePcscdHere } from './testing/pcscd.ts';
import { type ServiceTrouble, serviceText, whyNoService } from './why-no-service.ts';

let service: FakeService | null = null;
afterEach(async () => {
  await service?.close();
  service = null;
});

const linux = (socket: string, isRoot = false) => ({ platform: 'linux' as const, socket, isRoot });

describe.skipIf(process.platform === 'win32')('a PC/SC service that can not be used', () => {
  test('does not run, where nobody listens', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyrack-no-pcscd-'));
    expect(await whyNoService('NoService', linux(join(folder, 'pcscd.comm')))).toBe('not-running');
    rmSync(folder, { recursive: true });
  });

  test('refuses its user, where it takes connections and ends them', async () => {
    service = await fakeService('closes');
    expect(await whyNoService('CommError', linux(service.socket))).toBe('refused');
  });

  test('refuses its user, where it says so', async () => {
    service = await fakeService('refuses');
    for (const code of ['CommError', 'SecurityViolation'])
      expect(await whyNoService(code, linux(service.socket))).toBe('refused');
  });

  test('ends at once, where it does that to root, whom polkit refuses nothing', async () => {
    service = await fakeService('closes');
    expect(await whyNoService('CommError', linux(service.socket, true))).toBe('ends-at-once');
  });

  test('failed and is back, where it answers', async () => {
    service = await fakeService('hangs');
    for (const code of ['CommError', 'SecurityViolation'])
      expect(await whyNoService(code, linux(service.socket))).toBe('passing');
  });
});

test('a refusal that Windows names is one', async () => {
  const windows = { platform: 'win32', socket: '', isRoot: false } as const;
  expect(await whyNoService('SecurityViolation', windows)).toBe('refused');
  expect(await whyNoService('NoService', windows)).toBe('not-running');
});

describe('what is said of it', () => {
  const TROUBLES: readonly ServiceTrouble[] = ['not-running', 'refused', 'ends-at-once', 'passing'];

  test.each(['win32', 'darwin'] as const)('on %s names nothing of Linux', (platform) => {
    for (const trouble of TROUBLES) {
      const text = serviceText(trouble, 'NoService', { platform, socket: '', isRoot: false });
      expect(text).not.toMatch(/pcscd|systemctl|apt-get|polkit/);
      expect(text).toContain('NoService');
    }
  });

  test('on Linux says what to do', () => {
    expect(serviceText('not-running', 'NoService', linux(''))).toContain('systemctl enable --now pcscd.socket');
    expect(serviceText('refused', 'NoService', linux(''))).toContain('polkit');
  });
});

describePcscdHere("the system's library", () => {
  test.each([
    ['closes', 'CommError'],
    ['refuses', 'SecurityViolation'],
  ] as const)('tells of a service that %s by %s', async (how, code) => {
    service = await fakeService(how);
    const port = await openPcsc({ env: { ...process.env, PCSCLITE_CSOCK_NAME: service.socket } });
    const told = await new Promise<string>((resolve) => {
      port.start({ ready: () => resolve('ready'), changed: () => {}, gone: () => {}, failed: resolve });
    });
    await port.close();
    // It calls an end what comes too early for it to see why.
    expect(how === 'refuses' ? [code] : [code, 'NoService', 'SecurityViolation']).toContain(told);
  });
});
