import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLANK, contentOf } from './card-content.ts';
import { encodeCardImage } from './card-image.ts';
import { atLock, findingOf, issuedContent } from './content-of-card.ts';
import type { Serial } from './identifiers.ts';
import { anyImage, anyKeys, anySerial } from './testing/card-image-arbitraries.ts';

test('what was issued is found again', () => {
  fc.assert(
    fc.property(anyImage, anyKeys, anySerial, (image, keys, serial) => {
      const bytes = encodeCardImage(image, keys, serial);
      expect(findingOf(issuedContent(bytes))).toEqual({ kind: 'image', access: 'keyed', image });
      expect(findingOf(contentOf('factory', bytes))).toEqual({ kind: 'image', access: 'factory', image });
      expect(atLock(serial, issuedContent(bytes))).toEqual({ serial, image: bytes });
    }),
  );
});

test('blank, half-erased, foreign and unreadable cards are told apart', () => {
  expect(findingOf(BLANK)).toEqual({ kind: 'blank' });
  expect(findingOf(contentOf('keyed', new Uint8Array(48)))).toEqual({ kind: 'half-erased' });
  expect(findingOf(contentOf('factory', new Uint8Array(48).fill(9)))).toEqual({
    kind: 'not-an-image',
    access: 'factory',
    cause: 'unknown-version',
  });
  expect(findingOf('unreadable')).toEqual({ kind: 'unreadable' });
  expect(atLock('4567' as Serial, 'unreadable')).toEqual({ serial: '4567', image: null });
});
