import { signatureB } from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cancelCard } from './cancel-card.ts';
import { FORM_LIMITS, readForm } from './form.ts';
import { explainHeader, shownValue } from './header-error.ts';
import { explainParameter } from './parameter-error.ts';
import { queryByRoom } from './query-by-room.ts';
import {
  BODY_FORMS,
  BOUNDARY,
  FORM_TYPE,
  JSON_TYPE,
  MULTIPART_TYPE,
  multipart,
  plainParts,
} from './testing/body-forms.ts';
import {
  formRequest,
  NOW,
  PUBLISHED_FORM,
  PUBLISHED_TOKEN,
  scriptedCardRequests,
} from './testing/scripted-card-requests.ts';

/** Every way to spell a request, and what none of them may change: which request it is. */

const PUBLISHED = Object.fromEntries(new URLSearchParams(PUBLISHED_FORM));
const bytes = (text: string) => new TextEncoder().encode(text);

/** What the caller would be told of a body that can't be read. */
function saidOf(contentType: string | undefined, body: string | Uint8Array): string {
  const result = readForm(contentType, typeof body === 'string' ? bytes(body) : body);
  if (result.ok) return `accepted ${JSON.stringify([...result.form])}`;
  switch (result.fault) {
    case 'media-type':
      return explainHeader(result.error);
    case 'parameter':
      return explainParameter(result.error);
    case 'too-large':
      return 'too large';
  }
}

const clean = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text));
const value = fc.oneof(clean, fc.nat().map(String), fc.constantFrom('0', '00', '9007199254740991', '9007199254740992'));
/** Names that every form can spell without escapes. */
const name = fc.stringMatching(/^[A-Za-z][0-9A-Za-z]{0,19}$/);
const fields = fc.dictionary(name, value, { maxKeys: FORM_LIMITS.parameters - 1, noNullPrototype: true });

describe.each(BODY_FORMS)('$name', ({ spell }) => {
  test('reads back as the fields that were spelt', () => {
    fc.assert(
      fc.property(fields, (sent) => {
        const { contentType, body } = spell(sent);
        expect(readForm(contentType, body)).toEqual({ ok: true, form: new Map(Object.entries(sent)) });
      }),
    );
  });

  test('carries the published request to its success', async () => {
    const { cardRequests, asked } = scriptedCardRequests();
    const { contentType, body } = spell(PUBLISHED);
    const handled = await cancelCard(cardRequests, formRequest('', { contentType, body }));
    expect(handled).toMatchObject({ reply: { status: 'success' }, asker: { verified: true }, warning: null });
    expect(asked.cancels).toMatchObject([{ serial: '4567', encoder: '7C778A6C7D9C' }]);
  });

  test('carries a request whose signature travels in the address', async () => {
    const { accountSid = '', communityNo = '' } = PUBLISHED;
    const room = { buildNo: '001', floorNo: '001', roomNo: '001' };
    const days = { startDate: '2020-05-25', endDate: '2020-05-25', recordType: '0', holderFrom: '0' };
    const sent = { accountSid, timestamp: String(NOW / 1_000), rand: '1588722604', communityNo, ...room, ...days };
    const query = `sig=${signatureB(sent, PUBLISHED_TOKEN, 'plain')}`;
    const { cardRequests } = scriptedCardRequests();
    const handled = await queryByRoom(cardRequests, formRequest('', { ...spell(sent), query }));
    expect(handled.asker).toMatchObject({ verified: true });
  });

  test('makes the answer warn of an authToken that was left in it', async () => {
    const { cardRequests } = scriptedCardRequests();
    const { contentType, body } = spell({ ...PUBLISHED, authToken: PUBLISHED_TOKEN });
    const handled = await cancelCard(cardRequests, formRequest('', { contentType, body }));
    expect(handled).toMatchObject({ reply: { status: 'success' }, warning: 'authToken-in-body' });
    expect(JSON.stringify(handled)).not.toContain(PUBLISHED_TOKEN);
  });

  test('holds every field to the same rules', () => {
    const said = (sent: Readonly<Record<string, string>>) => {
      const { contentType, body } = spell(sent);
      return saidOf(contentType, body);
    };
    expect(said({ issueMac: `7C${'\t'}6C` })).toBe('issueMac has a control character; take it out.');
    expect(said({ issueMac: 'a'.repeat(1_025) })).toBe('issueMac is longer than 1024 characters; shorten it.');
    const many = Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`p${at}`, 'x']));
    expect(said(many)).toBe('The request has more than 40 parameters; send only those of the endpoint.');
    expect(said({ x: 'a'.repeat(17_000) })).toBe('too large');
  });

  test('never means another request when bytes of it are changed', async () => {
    const { contentType, body } = spell(PUBLISHED);
    const change = fc.record({
      at: fc.nat(body.length),
      drop: fc.nat(6),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc
          .constantFrom('\r\n', '&', '=', '"', '{', '}', ',', '\ufeff', 'serialNum=1', `--${BOUNDARY}`, '--')
          .map(bytes),
      ),
      copy: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, drop, put, copy }) => {
        const changed = Buffer.concat([body.subarray(0, at), put, body.subarray(at + (copy ? -drop : drop))]);
        const { cardRequests, asked } = scriptedCardRequests();
        const { asker } = await cancelCard(cardRequests, formRequest('', { contentType, body: changed }));
        if (asker?.verified !== true) return;
        // The encoder is null where operateCardType, which isn't signed, became one that ignores issueMac.
        for (const { serial, encoder } of asked.cancels) {
          expect(serial).toBe('4567');
          expect(['7C778A6C7D9C', null]).toContain(encoder);
        }
        expect(asker).toMatchObject({ accountSid: PUBLISHED.accountSid, communityNo: '1316879946' });
      }),
      { numRuns: 300 },
    );
  });
});

test('one body never means two requests under two headers', () => {
  const types = [FORM_TYPE, JSON_TYPE, MULTIPART_TYPE, undefined];
  const body = fc.oneof(
    fields.chain((sent) => fc.constantFrom(...BODY_FORMS).map(({ spell }) => spell(sent).body)),
    fc
      .string({ unit: fc.constantFrom('{', '}', '"', ':', ',', '&', '=', 'a', '1', '\r\n', `--${BOUNDARY}`, '--') })
      .map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(body, (sent) => {
      const forms = types.flatMap((type) => {
        const result = readForm(type, sent);
        // A name that no field has is nobody's request: "--" is one as a form, and nothing as multipart.
        return result.ok ? [[...result.form].filter(([each]) => /^[A-Za-z]+$/.test(each))] : [];
      });
      for (const form of forms) expect(form).toEqual(forms[0]);
    }),
    { numRuns: 2_000 },
  );
});

describe('what is refused says what is wrong', () => {
  const takenTypes = 'send application/x-www-form-urlencoded, multipart/form-data or application/json.';
  test.each([
    'text/xml',
    'application/x-www-form-urlencodedx',
    'application/x-www-form-urlencoded, application/json',
    'application/octet-stream',
    'text/json',
    'multipart/mixed; boundary=x',
    ';charset=utf-8',
    'form',
  ])('the media type %s', (type) => {
    expect(saidOf(type, PUBLISHED_FORM)).toBe(`Content-Type is "${type}"; ${takenTypes}`);
  });

  test.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'x'.repeat(71)}`,
    'multipart/form-data; boundary="x{y"',
    'multipart/form-data; boundary=x; boundary=y',
  ])('the boundary of %s', (type) => {
    expect(saidOf(type, plainParts(PUBLISHED))).toBe(
      `Content-Type is "${shownValue(type)}", which names no usable boundary; let a form library write this header.`,
    );
  });

  test('a header that is long or holds other characters is shown in part', () => {
    expect(saidOf(`text/${'x'.repeat(500)}\u00e9`, '')).toBe(
      `Content-Type is "text/${'x'.repeat(95)}..."; ${takenTypes}`,
    );
    expect(saidOf('text/\u00e9"', '')).toBe(`Content-Type is "text/?""; ${takenTypes}`);
  });

  test.each([
    ['bytes of another character set', `${FORM_TYPE}; charset=GBK`, Buffer.from('owner=\xd5\xc5', 'latin1')],
    ['the same in percent-encoding', `${FORM_TYPE}; charset=GBK`, Buffer.from('owner=%D5%C5')],
    ['UTF-16', `${JSON_TYPE}; charset=UTF-16`, Buffer.from('\ufeff{"a":"\u00e9"}', 'utf16le')],
  ])('%s', (_, type, body) => {
    expect(saidOf(type, body)).toBe(`Content-Type is "${type}" and the body is not UTF-8; send the body in UTF-8.`);
  });

  const field = 'Content-Disposition: form-data; name="issueMac"';
  const notMultipart = 'The body is not multipart/form-data of plain fields; let a form library write it.';
  test.each([
    [
      'a file',
      [`${field}; filename="card.png"`],
      'issueMac has a filename in its Content-Disposition; send it as a plain field.',
    ],
    [
      'a file in other letters',
      [`${field}; filename*=utf-8''x`],
      'issueMac has a filename in its Content-Disposition; send it as a plain field.',
    ],
    [
      'a file without a name',
      ['Content-Disposition: form-data; filename=x'],
      'A parameter has a filename in its Content-Disposition; send it as a plain field.',
    ],
    [
      'another media type',
      [field, 'Content-Type: image/png'],
      'issueMac has Content-Type "image/png"; send its value as plain text, not encoded.',
    ],
    [
      'a form inside the form',
      [field, 'Content-Type: multipart/mixed; boundary=y'],
      'issueMac has Content-Type "multipart/mixed; boundary=y"; send its value as plain text, not encoded.',
    ],
    [
      'two media types',
      [field, 'Content-Type: text/plain', 'Content-Type: text/plain'],
      'issueMac has Content-Type "text/plain, text/plain"; send its value as plain text, not encoded.',
    ],
    [
      'base64',
      [field, 'Content-Transfer-Encoding: base64'],
      'issueMac has Content-Transfer-Encoding "base64"; send its value as plain text, not encoded.',
    ],
    [
      'quoted-printable',
      [field, 'Content-Transfer-Encoding: Quoted-Printable'],
      'issueMac has Content-Transfer-Encoding "Quoted-Printable"; send its value as plain text, not encoded.',
    ],
    ['no disposition', ['Content-Type: text/plain'], notMultipart],
    ['another disposition', ['Content-Disposition: attachment; name="issueMac"'], notMultipart],
    ['no name', ['Content-Disposition: form-data'], notMultipart],
    ['two names', [`${field}; name="serialNum"`], notMultipart],
    ['two dispositions', [field, 'Content-Disposition: form-data; name="serialNum"'], notMultipart],
    ['an escaped name', ['Content-Disposition: form-data; name="issue\\Mac"'], notMultipart],
  ])('a part with %s', (_, head, said) => {
    expect(saidOf(MULTIPART_TYPE, multipart([[head.join('\r\n'), '7C778A6C7D9C']]))).toBe(said);
  });

  test('a field that is there twice', () => {
    expect(
      saidOf(
        MULTIPART_TYPE,
        multipart([
          [field, '1'],
          [field, '2'],
        ]),
      ),
    ).toBe('issueMac is there more than once; send it once.');
    expect(saidOf(JSON_TYPE, '{"issueMac":null,"issueMac":"2"}')).toBe(
      'issueMac is there more than once; send it once.',
    );
    expect(saidOf(JSON_TYPE, '{"issueMac":"1","issueMac":null}')).toBe(
      'issueMac is there more than once; send it once.',
    );
  });

  const good = multipart([[field, '7C778A6C7D9C']]);
  test.each([
    ['nothing', ''],
    ['a form', PUBLISHED_FORM],
    ['no end', good.slice(0, -6)],
    ['half an end', good.slice(0, -3)],
    ['text before', `x\r\n${good}`],
    ['a line before', `\r\n${good}`],
    ['text behind', `${good}x`],
    ['two lines behind', `${good}\r\n`],
    ['a second body', good + good],
    ['a delimiter with blanks behind', good.replace(`${BOUNDARY}\r\n`, `${BOUNDARY} \r\n`)],
    ['a longer delimiter', good.replace(`${BOUNDARY}\r\n`, `${BOUNDARY}x\r\n`)],
    ['lines without CR', good.replaceAll('\r\n', '\n')],
    ['a part without an empty line', `--${BOUNDARY}\r\n${field}\r\n--${BOUNDARY}--\r\n`],
    ['an empty part', `--${BOUNDARY}\r\n--${BOUNDARY}--\r\n`],
    ['another boundary', good.replaceAll(BOUNDARY, `${BOUNDARY}0`)],
  ])('a multipart body with %s', (_, body) => expect(saidOf(MULTIPART_TYPE, body)).toBe(notMultipart));

  test.each(['1.0', '1e3', '-1', '-0', '9007199254740992', '12345678901234567890', 'true', '["1"]', '{"a":"1"}'])(
    'the JSON value %s',
    (spelt) => {
      const said = 'issueMac is neither a string nor a whole number; put its value in quotes.';
      expect(saidOf(JSON_TYPE, `{"a":"1","issueMac":${spelt}}`)).toBe(said);
      expect(saidOf(JSON_TYPE, `{"issueMac" : ${spelt} , "a":"1"}`)).toBe(said);
    },
  );

  test.each([
    ['two line ends', 'a=1\r\n\r\n'],
    ['a line end before', '\r\na=1'],
    ['CR alone', 'a=1\r'],
  ])('a form with %s', (_, body) => expect(saidOf(FORM_TYPE, body)).toContain('has a control character; take it out.'));

  test('a second byte order mark is part of the first name', () => {
    expect(saidOf(FORM_TYPE, '\ufeff\ufeffa=1')).toBe(`accepted ${JSON.stringify([['\ufeffa', '1']])}`);
    expect(saidOf(JSON_TYPE, '\ufeff\ufeff{}')).toBe(
      'The body is not a JSON object; send one whose values are strings or whole numbers.',
    );
  });
});
