import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gatherLines } from './gathered-lines.ts';
import { programLog } from './program-log.ts';

function gathering() {
  const written: [string, number][] = [];
  return { written, lines: gatherLines((text, lines) => void written.push([text, lines])) };
}

test('lines of one turn are written together, and those of the next one after it', async () => {
  const { written, lines } = gathering();
  lines.add('one\n');
  await Promise.resolve();
  lines.add('two\n');
  expect(written).toEqual([]);
  await nextTurn();
  lines.add('three\n');
  await nextTurn();
  expect(written).toEqual([
    ['one\ntwo\n', 2],
    ['three\n', 1],
  ]);
});

test('many lines in one turn are written before its end', () => {
  const { written, lines } = gathering();
  const line = `${'x'.repeat(999)}\n`;
  for (let n = 0; n < 100; n += 1) lines.add(line);
  lines.flush();
  expect(written.map(([, many]) => many)).toEqual([66, 34]);
  lines.flush();
  expect(written).toHaveLength(2);
});

test('a warning is written at once, behind the lines before it', () => {
  let taken = '';
  const target = {
    write(bytes: Uint8Array) {
      taken += Buffer.from(bytes).toString();
      return bytes.length;
    },
  };
  const { log, close } = programLog(target, { gathers: true });
  const messages = () => taken.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).msg]));
  log.info({}, 'one');
  log.info({}, 'two');
  expect(messages()).toEqual([]);
  log.error({}, 'three');
  expect(messages()).toEqual(['one', 'two', 'three']);
  log.info({}, 'four');
  close();
  expect(messages()).toEqual(['one', 'two', 'three', 'four']);
});
