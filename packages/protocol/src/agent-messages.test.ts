import { describe, expect, test } from 'vitest';
import { agentMessage } from './agent-messages.ts';

const encoders = (name: string) =>
  agentMessage.safeParse({ type: 'encoders', encoders: [{ mac: '7C778A6C7D9C', name, forSignedIn: false }] }).success;

describe('the name of an encoder', () => {
  test.each(['', 'Front desk', '前台 1', 'Schalter 🛎️', '𠮷'])('%j is taken', (name) =>
    expect(encoders(name)).toBe(true),
  );

  test.each(['\ud800', 'desk \udc00', 'a\0b', 'a\nb', 'a\u0085b', 'x'.repeat(65)])('%j is refused', (name) =>
    expect(encoders(name)).toBe(false),
  );
});
