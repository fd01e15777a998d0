import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMessages } from './event-stream.ts';

async function messagesOf(...pieces: string[]) {
  async function* source() {
    yield* pieces;
  }
  return Array.fromAsync(readMessages(source()));
}
const message = (facts: object) => ({ id: null, data: null, retryMs: null, ...facts });

test.each<[string, string, object[]]>([
  ['an event', 'id: 7\nevent: card.begun\ndata: {"a":1}\n\n', [message({ id: '7', data: '{"a":1}' })]],
  ['without a blank behind the colon', 'data:x\n\n', [message({ data: 'x' })]],
  ['with one blank of two left', 'data:  x\n\n', [message({ data: ' x' })]],
  ['data of several lines', 'data: 1\ndata\ndata: 3\n\n', [message({ data: '1\n\n3' })]],
  ['how far it is, and how soon to come back', 'retry: 3000\nid: 4\n\n', [message({ id: '4', retryMs: 3_000 })]],
  ['a sign of life is no message', ': still here\n\n', []],
  ['fields that nobody knows, and a time that is none', 'x: 1\nretry: soon\ndata: 1\n\n', [message({ data: '1' })]],
  ['what breaks off is none', 'data: 1\n\ndata: 2\n', [message({ data: '1' })]],
  ['an empty id', 'id\ndata: 1\n\n', [message({ id: '', data: '1' })]],
])('%s', async (_, text, messages) => {
  expect(await messagesOf(text)).toEqual(messages);
});

test('messages are the same wherever the text is cut, and whatever ends its lines', async () => {
  const lines = fc.array(fc.constantFrom('data: 艾', 'data: {}', 'id: 1', 'retry: 5', ': hm', 'data', '', ''), {
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.nat(200)), async (made, cuts) => {
      const text = [...made, '', ''].join('\n');
      const whole = await messagesOf(text);
      for (const end of ['\n', '\r\n', '\r']) {
        // The last line's end may be half of one, so that it counts once more has come.
        const ended = `${text.replaceAll('\n', end)}: more${end}`;
        const places = [0, ...cuts.map((cut) => cut % (ended.length + 1)).sort((a, b) => a - b), ended.length];
        const pieces = places.slice(1).map((place, i) => ended.slice(places[i], place));
        expect(await messagesOf(...pieces)).toEqual(whole);
      }
    }),
  );
});
