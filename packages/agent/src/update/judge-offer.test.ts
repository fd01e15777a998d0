import { newFileHash, signHash } from '@keyrack/protocol/minisign.ts';
import { expect, test } from 'vitest';
import { isNewer, isVersion, judgeOffer, type Offer } from './judge-offer.ts';
import { newKey } from './testing/new-key.ts';

const key = newKey();
const SHA = 'ab'.repeat(32);
const NAME = 'keyrack-agent-0.2.0-linux-x64.tar.xz';
const here = { own: '0.1.0', system: 'linux-x64' };

function offer({
  name = NAME,
  checksums = `${SHA}  ${name}\n`,
  by = key,
  comment = 'SHA256SUMS of Keyrack 0.2.0',
}: {
  name?: string;
  checksums?: string;
  by?: typeof key;
  comment?: string;
} = {}): Offer {
  const signature = signHash(by, newFileHash().update(checksums).digest(), comment);
  return { name, checksums, signature };
}
const causeOf = (given: Offer, at = here) => {
  try {
    judgeOffer(key, at, given);
  } catch (error) {
    return (error as { cause: unknown }).cause;
  }
  return null;
};

test('what is signed is believed', () => {
  expect(judgeOffer(key, here, offer())).toEqual({ version: '0.2.0', name: NAME, sha256: SHA });
});

test('another key, a changed list, no signature and half of one are refused', () => {
  expect(causeOf(offer({ by: newKey() }))).toBe('wrong-signature');
  expect(causeOf({ ...offer(), checksums: `${'cd'.repeat(32)}  ${NAME}\n` })).toBe('wrong-signature');
  expect(causeOf({ ...offer(), signature: null })).toBe('not-signed');
  expect(causeOf({ ...offer(), signature: offer().signature?.split('\n').slice(0, 2).join('\n') ?? '' })).toBe(
    'wrong-signature',
  );
});

test('an older version that was signed once is refused, and the same one', () => {
  const older = offer({ name: 'keyrack-agent-0.0.9-linux-x64.tar.xz', comment: 'SHA256SUMS of Keyrack 0.0.9' });
  expect(causeOf(older)).toBe('not-newer');
  expect(causeOf(offer(), { ...here, own: '0.2.0' })).toBe('not-newer');
  // The list of one release under the name of another.
  expect(causeOf(offer({ comment: 'SHA256SUMS of Keyrack 0.1.5' }))).toBe('wrong-signature');
});

test('an archive of another system, product or name is refused', () => {
  expect(causeOf(offer({ name: 'keyrack-agent-0.2.0-linux-arm64.tar.xz' }))).toBe('nothing-for-system');
  expect(causeOf(offer({ name: 'keyrack-server-0.2.0-linux-x64.tar.xz' }))).toBe('nothing-for-system');
  expect(causeOf(offer({ name: 'keyrack-agent-../../0.2.0-linux-x64.tar.xz' }))).toBe('nothing-for-system');
  expect(causeOf(offer({ checksums: `${SHA}  other\n` }))).toBe('not-listed');
  expect(causeOf(offer({ checksums: `${SHA}  ${NAME}\n${SHA}  ${NAME}\n` }))).toBe('not-listed');
});

test('versions are those of folders, in the order of semantic versioning', () => {
  expect(['0.1.0', '1.2.3-rc.1'].map(isVersion)).toEqual([true, true]);
  expect(['', '.', '..', '1.2', '1.2.3/..', '1.2.3 ', '01.2.3', '1.2.3+a/b', '1.2.x'].filter(isVersion)).toEqual([]);
  expect(isNewer('0.10.0', '0.9.9')).toBe(true);
  expect(isNewer('1.0.0', '1.0.0-rc.1')).toBe(true);
  expect(isNewer('1.0.0-rc.1', '1.0.0')).toBe(false);
});
