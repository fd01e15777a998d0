import { describe, expect, test } from 'vitest';
import { type Holder, isSameGuest } from './guest.ts';
import { type CardRecord, newCardRecord } from './places.ts';

const NOW = 1_700_000_000_000;
const TONIGHT = NOW + 8 * 3_600_000;
const TOMORROW = TONIGHT + 24 * 3_600_000;

const nobody: Holder = { owner: null, ownerAreaCode: null, ownerMobile: null, validUntil: TONIGHT };
const phone = (ownerMobile: string) => ({ ownerAreaCode: '86', ownerMobile });

/** A card of the room that was given to this holder. */
function cardOf(holder: Partial<Holder>, change: Partial<CardRecord> = {}): CardRecord {
  return newCardRecord({
    propertyId: 'property',
    id: 'record',
    roomId: 'room',
    validFrom: NOW - 3_600_000,
    issuedAt: NOW - 3_600_000,
    ...nobody,
    ...holder,
    ...change,
  });
}

/** Whose card a new one is (docs/room-card-api.md, "Issue a card"): each case, from both sides. */
describe.each<{ rule: string; rows: [what: string, wanted: Partial<Holder>, card: Partial<Holder>, same: boolean][] }>([
  {
    rule: 'area code and mobile are sent and equal',
    rows: [
      ['whatever the names', { ...phone('555'), owner: 'Ada' }, { ...phone('555'), owner: 'Ben' }, true],
      ['whatever the ends', { ...phone('555'), validUntil: TOMORROW }, phone('555'), true],
      ['with a name on one side', phone('555'), { ...phone('555'), owner: 'Ada' }, true],
    ],
  },
  {
    rule: 'else, when owner is sent, the names are equal',
    rows: [
      ['without phones', { owner: 'Ada' }, { owner: 'Ada' }, true],
      ['for an extension', { owner: 'Ada', validUntil: TOMORROW }, { owner: 'Ada' }, true],
      ['with a phone that the card has not', { ...phone('555'), owner: 'Ada' }, { owner: 'Ada' }, true],
      [
        'with another phone than the card has',
        { ...phone('555'), owner: 'Ada' },
        { ...phone('556'), owner: 'Ada' },
        true,
      ],
      ['another name', { owner: 'Ada' }, { owner: 'Ben' }, false],
      ['another name until the same time', { owner: 'Ada' }, { owner: 'Ben', validUntil: TONIGHT }, false],
      ['a name for a card that has none', { owner: 'Ada' }, {}, false],
      ['another case', { owner: 'ADA LOVELACE' }, { owner: 'Ada Lovelace' }, true],
      ['a blank at the end', { owner: 'Ada ' }, { owner: 'Ada' }, true],
      ['two blanks, one of which may not break', { owner: 'Ada \u00a0Lovelace' }, { owner: 'Ada Lovelace' }, true],
      ['another way to write an accent', { owner: 'Zoe\u0308' }, { owner: 'Zo\u00eb' }, true],
      ['letters of full width', { owner: '\uff21\uff44\uff41' }, { owner: 'Ada' }, true],
      ['the sharp s of capitals', { owner: 'STRASSE' }, { owner: 'Stra\u00dfe' }, true],
      ['the capital sharp s', { owner: 'STRA\u1e9eE' }, { owner: 'Stra\u00dfe' }, true],
      ['a dotless i and its capital', { owner: 'I\u015fIK' }, { owner: '\u0131\u015f\u0131k' }, true],
      ['a dotless i and a dotted one', { owner: '\u0131\u015f\u0131k' }, { owner: 'i\u015fik' }, true],
      ['a dotted capital i, in one letter or two', { owner: '\u0130ris' }, { owner: 'I\u0307ris' }, true],
      ['a dotted capital i and a plain one', { owner: '\u0130ris' }, { owner: 'Iris' }, false],
      [
        'a sigma at the end of a word',
        { owner: '\u039d\u0399\u039a\u039f\u03a3' },
        { owner: '\u03bd\u03b9\u03ba\u03bf\u03c2' },
        true,
      ],
      ['accents that capitals take apart', { owner: '\u03aa\u0301' }, { owner: '\u0390' }, true],
      ['a ligature', { owner: '\ufb01nn' }, { owner: 'Finn' }, true],
      ['a blank of Chinese texts', { owner: '\u738b\u3000\u82b3' }, { owner: '\u738b \u82b3' }, true],
      ['a blank that is none', { owner: '\u738b\u82b3' }, { owner: '\u738b \u82b3' }, false],
      ['an accent on one side', { owner: 'Zoe' }, { owner: 'Zo\u00eb' }, false],
      ['a letter of another script that looks the same', { owner: 'Ada' }, { owner: '\u0410da' }, false],
      [
        '128 letters beyond the basic plane',
        { owner: '\u{20bb7}'.repeat(128) },
        { owner: '\u{20bb7}'.repeat(128) },
        true,
      ],
      ['an i in capitals', { owner: 'IRIS' }, { owner: 'iris' }, true],
      ['a name that is a part of the other', { owner: 'Ada' }, { owner: 'Ada L' }, false],
    ],
  },
  {
    rule: 'else, with no owner on either side, the ends are equal',
    rows: [
      ['a second key', {}, {}, true],
      ['another end', { validUntil: TOMORROW }, {}, false],
      ['a card that has a name', {}, { owner: 'Ada' }, false],
      ['half a phone that is equal is no phone', { ownerMobile: '555', validUntil: TOMORROW }, phone('555'), false],
      [
        'an equal mobile of another country',
        { ...phone('555'), validUntil: TOMORROW },
        { ownerAreaCode: '49', ownerMobile: '555' },
        false,
      ],
    ],
  },
])('the same guest, since $rule', ({ rows }) => {
  test.each(rows)('%s', (_, wanted, card, same) => {
    expect(isSameGuest({ ...nobody, ...wanted }, cardOf(card))).toBe(same);
  });
});

test('a record whose holder was deleted is nobody’s: not even of a guest of whom as little is told', () => {
  const told = { ...phone('555'), owner: 'Ada' };
  for (const holder of [nobody, { ...nobody, ...told }])
    expect(isSameGuest(holder, cardOf(nobody, { holder: 'deleted' }))).toBe(false);
});
