import { ROOM_CARD_PATHS } from '@keyrack/server/http/room-card-routes.ts';
import { scriptedCardRequests } from '@keyrack/server/roomcard/testing/scripted-card-requests.ts';
import { expect, test } from 'vitest';
import { validForms } from './forms.ts';

const NOW_MS = 1_790_000_000_000;

test('there is a valid form of every endpoint', () => {
  expect(new Set(validForms(NOW_MS).map(({ path }) => path))).toEqual(new Set(ROOM_CARD_PATHS.keys()));
});

test.each(validForms(NOW_MS).map((form) => [form.path, String(form.contentType), form] as const))(
  'the body of %s as %s that mutations start from is understood, and its signature right',
  async (path, _type, form) => {
    const request = { ...form, address: '192.0.2.1', receivedAt: NOW_MS, hungUp: new AbortController().signal };
    const handled = await ROOM_CARD_PATHS.get(path)?.handle(scriptedCardRequests().cardRequests, request);
    // A desk without rooms and encoders has nothing to list.
    expect(['success', 'no-data']).toContain(handled?.reply.status);
    expect(handled?.asker).toMatchObject({ verified: true });
  },
);
