import { KeyrackProblem, type ProblemBody } from '@keyrack/sdk';
import { expect, test } from 'vitest';
import { ChangedMeanwhile, changeSeen, isAsSeen, theirsOf } from './change-seen.ts';

interface Thing {
  readonly name: string;
  readonly color: string;
}

/** A thing that others change before each of the first changes arrives. */
function contended(now: Thing, theirs: readonly Partial<Thing>[]) {
  const left = [...theirs];
  const written: Thing[] = [];
  const seen = now;
  let known = now;
  return {
    written,
    changed: (changes: Partial<Thing>) =>
      changeSeen<Thing>({
        get: async () => known,
        isSeen: (found) => isAsSeen(found, seen, Object.keys(changes) as (keyof Thing)[]),
        async change(found) {
          const other = left.shift();
          if (other !== undefined) {
            known = { ...known, ...other };
            throw changedMeanwhile();
          }
          written.push({ ...found, ...changes });
          return { ...found, ...changes };
        },
      }),
  };
}

function changedMeanwhile(): KeyrackProblem {
  return new KeyrackProblem(
    {
      type: '/problems/changed-meanwhile',
      title: 'Changed meanwhile',
      status: 412,
      detail: 'Look at it.',
    } as ProblemBody,
    { requestId: 'one', retryAfterMs: null },
  );
}

const SEEN: Thing = { name: 'Lobby', color: 'red' };

test('others may change other fields under one’s hands: theirs and one’s own stay', async () => {
  const { changed, written } = contended(SEEN, [{ color: 'blue' }, { color: 'green' }]);
  expect(await changed({ name: 'Bar' })).toEqual({ name: 'Bar', color: 'green' });
  expect(written).toHaveLength(1);
});

test('where they changed the same, nothing is written and it is told how it is now', async () => {
  const { changed, written } = contended(SEEN, [{ name: 'Spa' }]);
  const error = await changed({ name: 'Bar' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ChangedMeanwhile);
  expect(theirsOf<Thing>(error)).toEqual({ name: 'Spa', color: 'red' });
  expect(written).toEqual([]);
});

test('it is given up after some tries, and any other refusal is passed on', async () => {
  const often = Array.from({ length: 10 }, (_, at) => ({ color: String(at) }));
  await expect(contended(SEEN, often).changed({ name: 'Bar' })).rejects.toBeInstanceOf(KeyrackProblem);
  expect(theirsOf(new Error('else'))).toBeNull();
});
