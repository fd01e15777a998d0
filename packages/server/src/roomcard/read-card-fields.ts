import type { Mac } from '@keyrack/protocol';
import { type CardType, followsSignIn } from '../domain/lock-type.ts';
import type { Creator } from '../domain/people.ts';
import { type Checked, cardTypeOf, checkFields, creatorOf, macOf } from './fields.ts';
import type { Form } from './form.ts';

/** The fields of readCard: those of cancelCard without the serial. */
export interface ReadCardFields {
  readonly sig: string;
  readonly accountSid: string;
  readonly communityNo: string;
  /** Null where none was sent, which card types 2 and 3 may do. */
  readonly issueMac: Mac | null;
  readonly creator: Creator;
  /** Lower case, or null. Part of what makes requests the same, even where the mobile wins over it. */
  readonly creatorEmail: string | null;
  /** md5 of the password, lower-case hex. */
  readonly creatorPassword: string;
  readonly cardType: CardType;
}

/** The fields of a request (docs/room-card-api.md, "Read a card"), or what is wrong with the first wrong one. */
export function readCardFields(form: Form): Checked<ReadCardFields> {
  const checked = checkFields(
    form,
    ['sig', 'accountSid', 'communityNo', 'creatorPassword', 'operateCardType'],
    ['issueMac', 'creatorAreaCode', 'creatorMobile', 'creatorEmail'],
  );
  if (!checked.ok) return checked;
  const { sig, accountSid, communityNo, creatorPassword, operateCardType, issueMac, creatorEmail } = checked.value;
  const cardType = cardTypeOf(operateCardType);
  if (issueMac === undefined && !followsSignIn(cardType)) {
    return { ok: false, error: { kind: 'missing', parameter: 'issueMac' } };
  }
  const creator = creatorOf(checked.value);
  if (!creator.ok) return creator;
  return {
    ok: true,
    value: {
      sig,
      accountSid,
      communityNo,
      issueMac: issueMac === undefined ? null : macOf(issueMac),
      creator: creator.value,
      creatorEmail: creatorEmail?.toLowerCase() ?? null,
      creatorPassword: creatorPassword.toLowerCase(),
      cardType,
    },
  };
}
