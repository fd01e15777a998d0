import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { signatureB } from '@keyrack/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY_FORMS, bodyForm, MISSPELT_TYPE } from '../roomcard/testing/body-forms.ts';
import { NOW, PUBLISHED_FORM, PUBLISHED_TOKEN } from '../roomcard/testing/scripted-card-requests.ts';
import { httpWorld } from './testing/http-world.ts';

/**
 * Every way to spell a request, over a socket, byte for byte (docs/room-card-api.md, "Every request"). What each parser
 * makes of a body is in roomcard/body-forms.test.ts.
 */

const world = httpWorld();
let port = 0;
beforeAll(async () => {
  await world.app.listen({ port: 0, host: '127.0.0.1' });
  port = (world.app.server.address() as AddressInfo).port;
});
afterAll(() => world.app.close());

const PUBLISHED = Object.fromEntries(new URLSearchParams(PUBLISHED_FORM));
const PATH = '/Home/Qrm/cancelCard';
const SUCCESS = '{"status":200,"info":"success"}';

interface Answered {
  readonly http: number;
  readonly head: string;
  readonly body: string;
}

/** Sends these header lines and bytes as they are, and nothing besides. */
async function send(path: string, headers: readonly string[], body: Uint8Array): Promise<Answered> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const lines = [`POST ${path} HTTP/1.1`, 'Host: keyrack', 'Connection: close', ...headers, '', ''];
  socket.write(Buffer.concat([Buffer.from(lines.join('\r\n')), body]));
  await once(socket, 'close');
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  return { http: Number(text.slice(9, 12)), head: text.slice(0, end).toLowerCase(), body: text.slice(end + 4) };
}

const typed = (contentType: string | undefined) => (contentType === undefined ? [] : [`Content-Type: ${contentType}`]);
const sized = (body: Uint8Array) => `Content-Length: ${body.byteLength}`;

describe.each(BODY_FORMS)('$name', ({ spell }) => {
  test('is served at an endpoint of signature A', async () => {
    const { contentType, body } = spell(PUBLISHED);
    const answer = await send(PATH, [...typed(contentType), sized(body)], body);
    expect(answer).toMatchObject({ http: 200, body: SUCCESS });
  });

  test('is served at an endpoint of signature B', async () => {
    const { accountSid = '', communityNo = '' } = PUBLISHED;
    const fields = { accountSid, communityNo, timestamp: String(NOW / 1_000) };
    const { contentType, body } = spell(fields);
    const sig = signatureB(fields, PUBLISHED_TOKEN, 'plain');
    const answer = await send(`/Home/Records/fetchRoomInfo?sig=${sig}`, [...typed(contentType), sized(body)], body);
    // The property of this test has no rooms.
    expect(JSON.parse(answer.body)).toMatchObject({ status: 5118 });
  });

  test('is served in chunks, and to a client that waits for leave to send', async () => {
    const { contentType, body } = spell(PUBLISHED);
    const half = body.byteLength >> 1;
    const chunk = (part: Uint8Array) => [Buffer.from(`${part.byteLength.toString(16)}\r\n`), part, Buffer.from('\r\n')];
    const chunks = [...chunk(body.subarray(0, half)), ...chunk(body.subarray(half)), Buffer.from('0\r\n\r\n')];
    const headers = [...typed(contentType), 'Transfer-Encoding: chunked', 'Expect: 100-continue'];
    expect((await send(PATH, headers, Buffer.concat(chunks))).body).toBe(SUCCESS);
  });

  test('is refused at a wrong signature, and for a field that is twice there', async () => {
    const wrong = spell({ ...PUBLISHED, serialNum: '4568' });
    const refused = await send(PATH, [...typed(wrong.contentType), sized(wrong.body)], wrong.body);
    expect(JSON.parse(refused.body)).toMatchObject({ status: 403 });
    const { contentType, body } = spell({ ...PUBLISHED, seria1Num: '4567' });
    const twice = Buffer.from(body.toString('utf8').replace('seria1Num', 'serialNum'));
    const repeated = await send(PATH, [...typed(contentType), sized(twice)], twice);
    expect(JSON.parse(repeated.body)).toMatchObject({
      status: 400,
      message: 'serialNum is there more than once; send it once.',
    });
  });

  test('has an authToken in it told to its sender, and to nobody else', async () => {
    const { contentType, body } = spell({ ...PUBLISHED, authToken: PUBLISHED_TOKEN });
    const answer = await send(PATH, [...typed(contentType), sized(body)], body);
    expect(answer.head).toContain('x-keyrack-warning: authtoken-in-body');
    expect(answer.body).toBe(SUCCESS);
    expect(JSON.stringify([answer, world.lines])).not.toContain(PUBLISHED_TOKEN);
  });
});

test('FormData of the platform is served, and a file in it named', async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries(PUBLISHED)) form.append(name, value);
  const url = `http://127.0.0.1:${port}${PATH}`;
  expect(await (await fetch(url, { method: 'POST', body: form })).text()).toBe(SUCCESS);
  form.append('photo', new Blob(['x'], { type: 'image/png' }), 'guest.png');
  const answer = await fetch(url, { method: 'POST', body: form });
  expect(await answer.json()).toMatchObject({
    status: 400,
    message: 'photo has a filename in its Content-Disposition; send it as a plain field.',
  });
});

describe('the headers of a request', () => {
  const { body } = bodyForm('a form').spell(PUBLISHED);

  test('that are there twice are refused, with both values', async () => {
    const headers = ['Content-Type: application/x-www-form-urlencoded', 'Content-Type: application/json', sized(body)];
    const answer = await send(PATH, headers, body);
    expect(answer.http).toBe(415);
    expect(JSON.parse(answer.body).message).toBe(
      'Content-Type is there more than once, as "application/x-www-form-urlencoded, application/json"; send it once.',
    );
  });

  test.each(['text/xml', 'text', ';', 'application/x-www-form-urlencoded/x', 'multipart/form-data', 'text/pl\u00e4in'])(
    'are named with their value: %s',
    async (type) => {
      const answer = await send(PATH, [`Content-Type: ${type}`, sized(body)], body);
      expect(answer.http).toBe(415);
      expect(JSON.parse(answer.body).message).toContain(`Content-Type is "${type.replace('\u00e4', '??')}"`);
    },
  );
});

describe('an address with doubled slashes', () => {
  const { contentType, body } = bodyForm('a form').spell(PUBLISHED);
  const headers = [...typed(contentType), sized(body)];

  test.each(['//Home/Qrm/cancelCard', '/Home//Qrm///cancelCard', '//Home/Qrm/cancelCard?from=http://hotel'])(
    '%s is served, and counted as its endpoint',
    async (path) => {
      const before = world.lines.length;
      expect((await send(path, headers, body)).body).toBe(SUCCESS);
      expect(world.lines.slice(before)).toMatchObject([{ endpoint: 'cancelCard', status: 200 }]);
    },
  );

  test('keeps what stands in the query', async () => {
    const { accountSid = '', communityNo = '' } = PUBLISHED;
    const fields = { accountSid, communityNo, timestamp: String(NOW / 1_000) };
    const { body: signed } = bodyForm('a form').spell(fields);
    const sig = signatureB(fields, PUBLISHED_TOKEN, 'plain');
    const answer = await send(
      `//Home//Records/fetchRoomInfo?a=//&sig=${sig}`,
      [...typed(MISSPELT_TYPE), sized(signed)],
      signed,
    );
    expect(JSON.parse(answer.body)).toMatchObject({ status: 5118 });
  });

  test.each(['//Home/Qrm/cancelCard/', '//home/qrm/cancelcard', '//Home/Qrm/cancelCard%2F', '//'])(
    '%s is nowhere all the same',
    async (path) => expect((await send(path, headers, body)).http).toBe(404),
  );
});
