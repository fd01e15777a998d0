import { expect, it } from 'vitest';
import type { Caller } from '../domain/caller.ts';
import type { Run } from '../runtime/runner.ts';
import { recordingLog } from '../testing/recording-log.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { noteKeyVisits } from './key-visits.ts';

it('the use of a key is noted at most once a minute, of each key by itself, and a failure hurts nobody', async () => {
  const clock = createVirtualClock(0);
  const { log, lines } = recordingLog();
  const noted: unknown[] = [];
  const run = (async (_name: string, input: unknown) => {
    noted.push(input);
    if (noted.length === 3) throw new Error('the disk is full');
  }) as unknown as Run;
  const key = (credential: string): Caller => ({
    kind: 'key',
    credential,
    rights: new Set(),
    properties: null,
    endsAt: null,
  });
  const note = noteKeyVisits({ run, clock, log });
  for (const id of ['a', 'a', 'b', 'a']) note(key(id));
  expect(noted).toEqual([
    { id: 'a', now: 0 },
    { id: 'b', now: 0 },
  ]);
  await clock.advance(60_000);
  note(key('a'));
  note(key('a'));
  expect(noted.slice(2)).toEqual([{ id: 'a', now: 60_000 }]);
  await clock.advance(0);
  expect(lines).toMatchObject([{ msg: 'when a credential was last used could not be recorded' }]);
});
