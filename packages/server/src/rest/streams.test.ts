import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { ProblemError } from './problems.ts';
import { createStreams } from './streams.ts';

const NOBODY = new AbortController().signal;

it('a credential has so many answers in parts at once, and all have so many', () => {
  const streams = createStreams({ perCredential: 2, perProperty: 9, overall: 3 });
  const begin = (credential: string) => {
    const response = new EventEmitter();
    streams.begin({ credential, propertyId: null }, response as never, NOBODY);
    return () => response.emit('close');
  };
  const first = begin('a');
  begin('a');
  expect(() => begin('a')).toThrow(ProblemError);
  const other = begin('b');
  expect(() => begin('c')).toThrow(ProblemError);
  other();
  begin('c');
  first();
  begin('a');
  expect(() => begin('a')).toThrow(expect.objectContaining({ problem: 'too-many-streams' }));
});

it('those at one property leave others theirs, however many credentials they have', () => {
  const streams = createStreams({ perCredential: 2, perProperty: 3, overall: 9 });
  const begin = (credential: string, propertyId: string | null) => {
    const response = new EventEmitter();
    streams.begin({ credential, propertyId }, response as never, NOBODY);
    return () => response.emit('close');
  };
  const first = begin('a', 'inn');
  for (const credential of ['b', 'c']) begin(credential, 'inn');
  expect(() => begin('d', 'inn')).toThrow(expect.objectContaining({ problem: 'too-many-streams' }));
  begin('d', 'lodge');
  begin('d', null);
  first();
  begin('e', 'inn');
});

it('each ends when its caller hangs up, and all when the server stops', () => {
  const streams = createStreams();
  const caller = new AbortController();
  const [one, other] = [caller.signal, NOBODY].map((hungUp) =>
    streams.begin({ credential: 'a', propertyId: null }, new EventEmitter() as never, hungUp),
  );
  caller.abort();
  expect([one?.aborted, other?.aborted]).toEqual([true, false]);
  streams.stop();
  expect(other?.aborted).toBe(true);
});
