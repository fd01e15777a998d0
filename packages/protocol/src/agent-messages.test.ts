import { describe, expect, test } from 'vitest';
import { agentMessage } from './agent-messages.ts';

const encoders = (name: string) =>
  agentMessage.safeParse({ type: 'encoders', encoders: [{ mac: '7C778A6C7D9C', name, forSignedIn: false }] }).success;

test('the encoders of an agent have MACs of their own, and one at most is marked', () => {
  const taken = (...all: { mac: string; forSignedIn: boolean }[]) =>
    agentMessage.safeParse({ type: 'encoders', encoders: all.map((each) => ({ ...each, name: 'Desk' })) }).success;
  const marked = { mac: '7C778A6C7D9C', forSignedIn: true };
  const other = { mac: '7C778A6C7D9D', forSignedIn: false };
  expect(taken(marked, other)).toBe(true);
  expect(taken(marked, { ...other, forSignedIn: true })).toBe(false);
  expect(taken(marked, { ...other, mac: marked.mac })).toBe(false);
});

describe('the name of an encoder', () => {
  test.each(['', 'Front desk', '前台 1', 'Schalter 🛎️', '𠮷'])('%j is taken', (name) =>
    expect(encoders(name)).toBe(true),
  );

  test.each(['\ud800', 'desk \udc00', 'a\0b', 'a\nb', 'a\u0085b', 'x'.repeat(65)])('%j is refused', (name) =>
    expect(encoders(name)).toBe(false),
  );
});
