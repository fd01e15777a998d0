import { readFileSync } from 'node:fs';
import { SIGNATURE_A_FIELDS, stringToSignA } from '@keyrack/protocol';
import { checkCardType } from '@keyrack/server/domain/authorise.ts';
import type { Member } from '@keyrack/server/domain/people.ts';
import type { Answer, CardRequests } from '@keyrack/server/requests/answers.ts';
import { cancelCard } from '@keyrack/server/roomcard/cancel-card.ts';
import { checkFields } from '@keyrack/server/roomcard/fields.ts';
import { describe, expect, test } from 'vitest';

/**
 * Signature A joins values with nothing between them (docs/room-card-api.md, "Signature A"), so one signature fits every
 * request whose values run together to the same text. Whoever records a request may cut that text anew, and may choose what
 * isn't signed: operateCardType and creatorEmail. This test does all of it with the published requests, on the facts of the
 * demo property, and holds Keyrack to letting none but the published one pass.
 *
 * What stands between: the strict format of each field (an account is 32 characters, a password 32 hex digits, a MAC 12
 * characters, an area code and a mobile are digits and come together), and that the account, the property, the encoder, the
 * card and the creator must all exist at once.
 */
const vectors: { endpoint: string; fields: Fields; authToken: string; sig: string; stringToSign: string }[] =
  JSON.parse(readFileSync(new URL('./signature-vectors.json', import.meta.url), 'utf8'));
const [byMobile, byEmail] = vectors.filter((vector) => vector.endpoint === 'cancelCard');
if (byMobile === undefined || byEmail === undefined) throw new Error('the published requests are missing');

const ORDER = SIGNATURE_A_FIELDS.cancelCard;
type Fields = Readonly<Record<string, string>>;

const EMAIL = 'frontdesk@keyrack.example';
const MACS: readonly string[] = ['7C778A6C7D9C', '7C010A8C7Y9C'];
const CARD = { serial: '4567', lockType: 'QRALOCK' } as const;
const PASSWORD = 'bbc69d27003568a7a94626ce4337bc9d';

/** The demo property, as far as a cancel asks for it. Every encoder is online and every member signed in. */
const demo: CardRequests = {
  findAccount: async (sid) =>
    sid === byMobile.fields.accountSid
      ? { sid, name: 'Demo', suspended: false, token: byMobile.authToken, previousToken: null, refusalOf: () => null }
      : undefined,
  findProperty: async (_, number) =>
    number === '1316879946'
      ? { id: 'demo', number, name: 'Demo', timeZone: 'Asia/Shanghai', cardKeys: [], checkOutTime: '12:00' }
      : undefined,
  checkMember: async (_property, _account, creator, password) => {
    const known =
      creator.by === 'mobile' ? creator.areaCode === '86' && creator.mobile === '10000000000' : creator.email === EMAIL;
    if (!known || password !== PASSWORD) return { ok: false, refusal: { cause: 'creator-or-password' } };
    return { ok: true, member: { id: 'front-desk', version: 1, issuingPermission: true } as Member };
  },
  countWrongSignature: () => false,
  cancelCard: async ({ serial, cardType, encoder }): Promise<Answer> => {
    if (serial !== CARD.serial) return { outcome: 'refused', refusal: { cause: 'card-unknown' } };
    const mismatch = checkCardType(cardType, CARD.lockType);
    if (mismatch !== null) return { outcome: 'refused', refusal: mismatch };
    if (encoder !== null && !MACS.includes(encoder))
      return { outcome: 'refused', refusal: { cause: 'encoder-unknown' } };
    return { outcome: 'succeeded', operation: null, repeat: false };
  },
  readCard: () => Promise.reject(new Error('not asked')),
  issueCard: () => Promise.reject(new Error('not asked')),
  listEncoders: async () => [],
  listRooms: async () => [],
  listRecords: async () => [],
};

/** Every way to cut `text` into the signed fields in which each value has its format, or is empty. */
function* cuts(text: string, at = 0): Generator<Fields> {
  const name = ORDER[at];
  if (name === undefined) {
    if (text === '') yield {};
    return;
  }
  for (let length = 0; length <= text.length; length += 1) {
    const value = text.slice(0, length);
    if (!checkFields(new Map([[name, value]]), [], [name]).ok) continue;
    for (const rest of cuts(text.slice(length), at + 1)) yield { [name]: value, ...rest };
  }
}

async function send(fields: Fields, sig: string): Promise<{ readonly status: string; readonly verified: boolean }> {
  const { reply, asker } = await cancelCard(demo, {
    contentType: 'application/x-www-form-urlencoded',
    query: '',
    address: '192.0.2.1',
    receivedAt: 0,
    body: Buffer.from(new URLSearchParams({ ...fields, sig }).toString()),
    hungUp: new AbortController().signal,
  });
  return { status: reply.status, verified: asker?.verified ?? false };
}

describe.each([
  { name: 'by mobile', published: byMobile, emails: ['', EMAIL, 'nobody@keyrack.example'] },
  { name: 'by e-mail', published: byEmail, emails: [EMAIL] },
])('the published cancel request $name', ({ published, emails }) => {
  const { authToken, sig } = published;
  const signed = published.stringToSign.slice(0, -authToken.length);
  const right = ORDER.map((name) => published.fields[name] ?? '').join('|');
  const all = [...cuts(signed)];

  test('can be cut in many ways that keep every format and the signature', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((cut) => ORDER.map((name) => cut[name]).join('|') === right)).toHaveLength(1);
    expect(new Set(all.map((cut) => stringToSignA('cancelCard', cut, authToken)))).toEqual(
      new Set([published.stringToSign]),
    );
  });

  test('passes as published, and cut at any other boundary never, whatever is sent beside it', async () => {
    const passed = new Set<string>();
    const refused = new Map<string, number>();
    for (const cut of all) {
      for (const operateCardType of ['2', '3', '4']) {
        for (const creatorEmail of emails) {
          const { status, verified } = await send({ ...cut, operateCardType, creatorEmail }, sig);
          // The signature stops none of them: whatever isn't malformed is refused for what it names.
          expect(verified || status === 'parameter').toBe(true);
          if (status === 'success') passed.add(`${ORDER.map((name) => cut[name]).join('|')} ${operateCardType}`);
          else refused.set(status, (refused.get(status) ?? 0) + 1);
        }
      }
    }
    expect([...passed]).toEqual([`${right} 4`]);
    expect([...refused.keys()].sort()).toEqual(expect.arrayContaining(['cancel-failed', 'property']));
  });
});
