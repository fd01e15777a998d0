import { describe, expect, it } from 'vitest';
import { createWebhookNetworks, plainAddress } from './networks.ts';

const nothingListed = createWebhookNetworks([]);

describe('nothing is sent to an address that isn’t public', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '100::1',
    'localhost',
    '',
  ])('%s', (address) => {
    expect(nothingListed.allows(address, true)).toBe(false);
    expect(nothingListed.allows(address, false)).toBe(false);
  });

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    '%s is, by TLS alone',
    (address) => {
      expect(nothingListed.allows(address, true)).toBe(true);
      expect(nothingListed.allows(address, false)).toBe(false);
    },
  );
});

it('what the operator lists may be sent to, also without TLS, however it is written', () => {
  const networks = createWebhookNetworks(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '10.9.9.9', 'fd00::5', 'fd00:0::5'])
    expect([address, networks.allows(address, false)]).toEqual([address, true]);
  for (const address of ['127.0.0.2', '11.0.0.1', 'fc00::1', '::1'])
    expect([address, networks.allows(address, true), networks.allows(address, false)]).toEqual([
      address,
      address === '11.0.0.1',
      false,
    ]);
  for (const wrong of ['nowhere', '10.0.0.0/33', '::/129', '10.0.0/8'])
    expect(() => createWebhookNetworks([wrong])).toThrow(TypeError);
});

it('an address has one spelling', () => {
  expect(plainAddress('::FFFF:1.2.3.4')).toBe('1.2.3.4');
  expect(plainAddress('FE80:0::1%en0')).toBe('fe80::1');
  expect(plainAddress('1.2.3')).toBeNull();
});
