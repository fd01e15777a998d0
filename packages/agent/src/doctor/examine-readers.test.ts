import type { Mac } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { examineReaders } from './examine-readers.ts';

const reader = (name: string, mac: string | null) => ({ reader: name, name, mac: mac as Mac | null, hasCard: false });

test('where nothing told that there are readers, nothing is said of the service but how it is looked at', () => {
  const [pcsc] = examineReaders(null);
  expect(pcsc).toEqual({
    check: 'pcsc',
    found: 'not looked at; add --pcsc where the agent is started with it',
    todo: null,
  });
});

test('a service that refuses this user is not told as one that does not run', () => {
  expect(examineReaders({ service: 'refused', message: 'Allow it in polkit.' })).toEqual([
    { check: 'pcsc', found: 'the PC/SC service refuses this user', todo: 'Allow it in polkit.' },
  ]);
});

test('where no reader is listed, the reason is what there is to do', () => {
  const [, readers] = examineReaders({
    service: 'running',
    readers: [],
    whyNone: 'Run modprobe -r pn533_usb.',
    heldByKernel: null,
  });
  expect(readers).toEqual({ check: 'readers', found: 'none is plugged in', todo: 'Run modprobe -r pn533_usb.' });
});

test('where readers are listed and none is used, one is to be named', () => {
  const [, readers] = examineReaders({
    service: 'running',
    readers: [reader('A', null)],
    whyNone: null,
    heldByKernel: null,
  });
  expect(readers).toMatchObject({ found: 'A (not used)', todo: expect.stringContaining('keyrack agent readers') });
});

test('where one is used, all is well', () => {
  const list = {
    service: 'running',
    readers: [reader('A', '0A1B2C3D4E5F')],
    whyNone: null,
    heldByKernel: null,
  } as const;
  expect(examineReaders(list).every(({ todo }) => todo === null)).toBe(true);
});

test('where one is used and the kernel holds another, that is told with what frees it', () => {
  const held = 'Run modprobe -r pn533_usb.';
  const list = {
    service: 'running',
    readers: [reader('A', '0A1B2C3D4E5F')],
    whyNone: null,
    heldByKernel: held,
  } as const;
  const [, readers] = examineReaders(list);
  expect(readers).toMatchObject({ found: 'A (0A1B2C3D4E5F)', todo: held });
});
