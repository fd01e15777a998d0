import { expect, test } from 'vitest';
import { checkDescriptors } from './descriptors.ts';

test.each([
  [10_000, 24_576],
  [10_000, 10_500],
  [10_000, null],
])('%d agents fit into a limit of %s descriptors', (agents, limit) => {
  expect(() => checkDescriptors(agents, limit)).not.toThrow();
});

test('a limit that is too low is told with the number that is needed, and what to do', () => {
  expect(() => checkDescriptors(10_000, 4_096)).toThrow(
    '10000 agents need 10500 open files in a process, and 4096 are allowed. Raise the limit, as root with "ulimit -Hn 24576"',
  );
});

test('the limit of this process is read', () => {
  expect(() => checkDescriptors(1)).not.toThrow();
});
