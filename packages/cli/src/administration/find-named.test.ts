import { expect, test } from 'vitest';
import { findNamed } from './find-named.ts';

interface Thing {
  readonly id: string;
  readonly name: string | null;
}

const NAMING = {
  what: 'encoder',
  list: 'keyrack encoders list',
  namesOf: ({ id, name }: Thing) => [id, name],
};

async function* things(...rows: (readonly [id: string, name: string | null])[]) {
  for (const [id, name] of rows) yield { id, name };
}
const find = (said: string, ...rows: Parameters<typeof things>) => findNamed(things(...rows), said, NAMING);

test('a thing is found by the whole of its name or id, however it is spelled in capitals', async () => {
  expect(await find('LEFT', ['1', 'Left'], ['2', 'Left of the door'])).toMatchObject({ id: '1' });
  expect(await find(' 2 ', ['1', 'Left'], ['2', null])).toMatchObject({ id: '2' });
});

test('an id means its thing, also where another one is called so', async () => {
  expect(await find('2', ['1', '2'], ['2', 'Right'])).toMatchObject({ id: '2' });
});

test('where several could be meant, or only a part fits, the candidates are told and the command ends with 2', async () => {
  const several = find('left', ['1', 'Left'], ['2', 'left'], ['3', 'Right']);
  await expect(several).rejects.toMatchObject({
    code: 2,
    message: expect.stringMatching(/^ {2}1 {2}Left\n {2}2 {2}left$/m),
  });
  const part = find('eft', ['1', 'Left'], ['3', 'Right']);
  await expect(part).rejects.toMatchObject({ code: 2, message: expect.stringContaining('  1  Left') });
});

test('where there is none, the command that lists them is told', async () => {
  const none = find('nobody', ['1', 'Left']);
  await expect(none).rejects.toMatchObject({ code: 1, message: expect.stringContaining('`keyrack encoders list`') });
  await expect(find('  ', ['1', 'Left'])).rejects.toMatchObject({ code: 2 });
});

test('at most twenty candidates are told, and none moves the cursor', async () => {
  const many = Array.from({ length: 30 }, (_, i) => [String(i), `Desk\x1b[2J ${i}`] as const);
  const error = await find('desk', ...many).catch((thrown: Error) => thrown);
  expect((error as Error).message.split('\n')).toHaveLength(21);
  expect((error as Error).message).not.toContain('\x1b');
});
