import { signatureA } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { CAUSES, type Cause, explain } from '../domain/causes.ts';
import { cancelCard } from './cancel-card.ts';
import { envelope } from './reply.ts';
import {
  formRequest,
  MEMBER,
  OPERATION,
  PUBLISHED_FORM,
  PUBLISHED_TOKEN,
  type Script,
  scriptedAccount,
  scriptedCardRequests,
} from './testing/scripted-card-requests.ts';

const published = Object.fromEntries(new URLSearchParams(PUBLISHED_FORM));

/** The published request with some fields changed, signed anew; `sig` in `change` replaces the right one. */
function signed(change: Record<string, string>): string {
  const { sig: _, ...fields } = { ...published, ...change };
  const sig = change.sig ?? signatureA('cancelCard', fields, PUBLISHED_TOKEN);
  return new URLSearchParams({ ...fields, sig }).toString();
}

async function send(body: string, script: Partial<Script> = {}) {
  const { cardRequests, asked } = scriptedCardRequests(script);
  const handled = await cancelCard(cardRequests, formRequest(body));
  const { status, message, operation } = handled.reply;
  return { body: envelope(status, message), operation, asker: handled.asker, asked };
}

const failure = (status: number, info: string, message: string) => JSON.stringify({ status, info, message });
const SIGNATURE_ERROR = failure(
  403,
  'Signature error',
  'Account and signature do not agree; check accountSid and authToken, and sign every value as it is sent.',
);

describe('the published request', () => {
  test('is answered exactly as published', async () => {
    const { body, operation, asked } = await send(PUBLISHED_FORM);
    expect(body).toBe('{"status":200,"info":"success"}');
    expect(operation).toBe(OPERATION);
    expect(asked.calls).toEqual(['findAccount', 'findProperty', 'checkMember', 'cancelCard']);
    expect(asked.cancels).toEqual([
      {
        propertyId: 'property-1',
        accountSid: '98651082ab89c3f1b50f35caf794179f',
        member: { id: 'member-1', version: 3 },
        serial: '4567',
        cardType: 4,
        encoder: '7C778A6C7D9C',
        request: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  test('is answered the same by e-mail, with the signature published for it', async () => {
    const { creatorAreaCode: _, creatorMobile: __, ...fields } = published;
    const sig = '6a9c77bc3252025bfc02c67f49b833ad';
    const body = new URLSearchParams({ ...fields, creatorEmail: 'frontdesk@keyrack.example', sig }).toString();
    const { body: answer, asked } = await send(body);
    expect(answer).toBe('{"status":200,"info":"success"}');
    expect(asked.members[0]?.[2]).toEqual({ by: 'email', email: 'frontdesk@keyrack.example' });
  });

  test('is verified over values exactly as sent, and understood without regard to case and separators', async () => {
    const { asked } = await send(
      signed({ issueMac: '7c:77:8a:6c:7d:9c', creatorPassword: published.creatorPassword?.toUpperCase() ?? '' }),
    );
    expect(asked.cancels[0]?.encoder).toBe('7C778A6C7D9C');
    expect(asked.members[0]?.[3]).toBe(published.creatorPassword);
  });

  test('lets the mobile win over an e-mail', async () => {
    const { asked } = await send(signed({ creatorEmail: 'other@keyrack.example' }));
    expect(asked.members[0]?.[2]).toEqual({ by: 'mobile', areaCode: '86', mobile: '10000000000' });
  });

  test.each(['2', '3'])('names no encoder to the desk with operateCardType %s', async (operateCardType) => {
    expect((await send(signed({ operateCardType }))).asked.cancels[0]?.encoder).toBe(null);
    expect((await send(signed({ operateCardType, issueMac: '' }))).asked.cancels[0]?.encoder).toBe(null);
  });
});

describe('whoever cannot sign', () => {
  test('hears the same of an unknown account and of a wrong signature, and nothing is looked up', async () => {
    const answers: [tooManyWrongSignatures: boolean, body: string][] = [
      [false, SIGNATURE_ERROR],
      [true, failure(429, 'Too many failures', CAUSES['too-many-signatures'])],
    ];
    for (const [tooManyWrongSignatures, expected] of answers) {
      const wrong = await send(signed({ sig: 'd1d425b5d425d0e776cf387c5118b543' }), { tooManyWrongSignatures });
      const unknown = await send(PUBLISHED_FORM, { account: undefined, tooManyWrongSignatures });
      for (const { body, asked, asker } of [wrong, unknown]) {
        expect(body).toBe(expected);
        expect(asked.calls).toEqual(['findAccount']);
        expect(asker?.verified).toBe(false);
        expect(asked.wrongSignatures).toEqual([[published.accountSid, '192.0.2.1']]);
      }
    }
  });

  test('is not helped by the token that stands in for an unknown account\u2019s', async () => {
    const { sig: _, ...fields } = published;
    const sig = signatureA('cancelCard', fields as Record<string, string>, '0'.repeat(30));
    expect((await send(signed({ sig }), { account: undefined })).body).toBe(SIGNATURE_ERROR);
    // Nor where it stands in for a token before that there isn't.
    expect((await send(signed({ sig }))).body).toBe(SIGNATURE_ERROR);
  });

  test.each([
    ['a suspended account', { account: scriptedAccount({ suspended: true }) }],
    ['a property of another account', { property: undefined }],
    ['an unknown creator', { check: { ok: false, refusal: { cause: 'creator-or-password' } } }],
  ] as [string, Partial<Script>][])('learns nothing of %s', async (_, script) =>
    expect((await send(signed({ sig: '0'.repeat(32) }), script)).body).toBe(SIGNATURE_ERROR),
  );

  test('is told first what is wrong with the request itself, and no account is looked up for it', async () => {
    const { body, asked, asker } = await send(`${PUBLISHED_FORM}&serialNum=4568`);
    expect(body).toBe(failure(400, 'Parameter error', 'serialNum is there more than once; send it once.'));
    expect(asked.calls).toEqual([]);
    expect(asker).toBe(null);
    expect((await send(signed({ operateCardType: '' }))).body).toBe(
      failure(400, 'Parameter error', 'operateCardType is missing; send it.'),
    );
  });
});

describe('whoever signs right', () => {
  const refused = (cause: Cause, facts?: Record<string, string | number>) => ({ cause, ...(facts && { facts }) });

  test.each([
    [
      'a suspended account',
      { account: scriptedAccount({ suspended: true }) },
      failure(4007, 'Application is not certified', CAUSES['account-suspended']),
    ],
    [
      'too many wrong passwords',
      { check: { ok: false, refusal: refused('too-many-failures', { minutes: 15 }) } },
      failure(429, 'Too many failures', 'Too many failed attempts; wait 15 minutes and send again.'),
    ],
    [
      'passwords that wait for their check',
      { check: { ok: false, refusal: refused('server-busy') } },
      failure(503, 'Service unavailable', CAUSES['server-busy']),
    ],
    [
      'an unknown property, or one of another account',
      { property: undefined },
      failure(5001, 'Community data exception', CAUSES['property-not-allowed']),
    ],
    [
      'an unknown creator, or a wrong password',
      { check: { ok: false, refusal: refused('creator-or-password') } },
      failure(4011, 'Creator or password error', CAUSES['creator-or-password']),
    ],
    [
      'a permission that is off',
      { answer: { outcome: 'refused', refusal: refused('permission-off') } },
      failure(4013, 'Issuing permission is off', CAUSES['permission-off']),
    ],
    [
      'a card type that does not fit',
      { answer: { outcome: 'refused', refusal: refused('card-type-mismatch', { expected: 3, lockType: 'QRLOCK' }) } },
      failure(6200, 'Cancelled card error', "operateCardType doesn't fit the room's lock type; send 3 for QRLOCK."),
    ],
  ] as [string, Partial<Script>, string][])('is told of %s', async (_, script, body) => {
    const answer = await send(PUBLISHED_FORM, script);
    expect(answer.body).toBe(body);
    expect(answer.operation).toBe(null);
    expect(answer.asker?.verified).toBe(true);
  });

  test('is told of a failed operation, and which one it was', async () => {
    const answer = await send(PUBLISHED_FORM, {
      answer: {
        outcome: 'failed',
        operation: OPERATION,
        state: 'expired',
        refusal: refused('no-card', { seconds: 30 }),
      },
    });
    expect(answer.body).toBe(
      failure(
        6200,
        'Cancelled card error',
        'No card was put on the encoder within 30 seconds; send again with the card on it.',
      ),
    );
    expect(answer.operation).toBe(OPERATION);
  });

  test('is told that a permission was withdrawn while the card was waited for', async () => {
    const answer = await send(PUBLISHED_FORM, {
      answer: { outcome: 'failed', operation: OPERATION, state: 'rejected', refusal: refused('permission-off') },
    });
    expect(answer.body).toBe(failure(4013, 'Issuing permission is off', CAUSES['permission-off']));
  });

  test.each(['outcome-open', 'outcome-unknown', 'agent-restarted', 'journal-lost', 'encoder-offline'] as const)(
    'is told of an open outcome as one, whatever the cause (%s)',
    async (cause) => {
      const answer = await send(PUBLISHED_FORM, {
        answer: { outcome: 'open', operation: OPERATION, refusal: { cause } },
      });
      expect(answer.body).toBe(failure(6209, 'Operation outcome open', explain(cause)));
      expect(answer.operation).toBe(OPERATION);
    },
  );

  test('is told success again, with or without an operation', async () => {
    const answer = await send(PUBLISHED_FORM, { answer: { outcome: 'succeeded', operation: null, repeat: true } });
    expect(answer.body).toBe('{"status":200,"info":"success"}');
    expect(answer.operation).toBe(null);
  });

  test('is told that a serial which is no UID is an unknown card, unless the permission is off', async () => {
    const unknown = await send(signed({ serialNum: '45XY' }));
    expect(unknown.body).toBe(failure(6200, 'Cancelled card error', CAUSES['card-unknown']));
    expect(unknown.asked.cancels).toEqual([]);
    const off = await send(signed({ serialNum: '45XY' }), {
      check: { ok: true, member: { ...MEMBER, issuingPermission: false } },
    });
    expect(off.body).toBe(failure(4013, 'Issuing permission is off', CAUSES['permission-off']));
  });

  test.each(Object.keys(CAUSES) as Cause[])(
    'never hears success or an open outcome for a refusal (%s)',
    async (cause) => {
      const { body } = await send(PUBLISHED_FORM, { answer: { outcome: 'refused', refusal: { cause } } });
      expect([200, 6209]).not.toContain(JSON.parse(body).status);
      expect(Object.keys(JSON.parse(body))).toEqual(['status', 'info', 'message']);
    },
  );
});
