import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Which addresses events may be sent to. */
export interface WebhookNetworks {
  /** Whether anything may be sent there; without TLS only to what the operator listed. */
  allows(address: string, isSecure: boolean): boolean;
  /** Whether the operator listed any network: only then may an address be without TLS. */
  readonly hasListed: boolean;
}

/** IPv4 that isn't the public internet (RFC 6890 and its registry): this host, private, shared, link-local, tests, multicast … */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** Of IPv6 only this is the public internet: neither loopback, link-local, unique-local, multicast nor NAT64 are in it … */
const PUBLIC_IPV6 = ['2000::/3'];
/** … but for what leads elsewhere: Teredo and other protocols, 6to4, and documentation. */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const specialIPv4 = listOf(SPECIAL_IPV4);
const publicIPv6 = listOf(PUBLIC_IPV6);
const specialIPv6 = listOf(SPECIAL_IPV6);

/** `listed`: addresses and ranges that the operator allows besides. Throws a TypeError for what is neither. */
export function createWebhookNetworks(listed: readonly string[]): WebhookNetworks {
  const own = listOf(listed);
  return {
    hasListed: listed.length > 0,
    allows(address, isSecure) {
      const plain = plainAddress(address);
      if (plain === null) return false;
      const isListed = own.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
      return isListed || (isSecure && isPublic(plain));
    },
  };
}

function isPublic(address: string): boolean {
  if (isIPv4(address)) return !specialIPv4.check(address, 'ipv4');
  return publicIPv6.check(address, 'ipv6') && !specialIPv6.check(address, 'ipv6');
}

/** An address without its zone; of IPv4 that is written as IPv6, the IPv4. Null for what is none. */
export function plainAddress(address: string): string | null {
  const [plain = ''] = address.split('%');
  if (isIP(plain) === 0) return null;
  if (!isIPv6(plain)) return plain;
  // One spelling of each: URL gives the shortest, in which an IPv4 address stands as two groups of hex.
  const spelt = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(spelt);
  if (mapped === null) return spelt;
  const bytes = mapped.slice(1).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
  return bytes.join('.');
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [, address = '', digits] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    const most = family === 'ipv4' ? 32 : 128;
    const bits = digits === undefined ? most : Number(digits);
    if (isIP(address) === 0 || bits > most) throw new TypeError(`${range} is neither an address nor a range`);
    list.addSubnet(address, bits, family);
  }
  return list;
}
