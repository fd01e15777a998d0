import type { Channel, ChannelListener, Transport } from '@keyrack/agent';
import { expect, test } from 'vitest';
import { timeOwnWork } from './own-work.ts';

/** A connection whose far end is this test. */
function connectOver(wrap: (transport: Transport) => Transport): { channel: Channel; hear: (message: object) => void } {
  let far: ChannelListener | undefined;
  const near = wrap({
    connect: (_url, listener) => {
      far = listener;
      return { send: () => {}, close: () => {} };
    },
  });
  const channel = near.connect('ws://127.0.0.1/agent', { opened: () => {}, received: () => {}, closed: () => {} });
  return { channel, hear: (message) => far?.received(JSON.stringify(message)) };
}

test('an operation’s own work is the time between a question and its answer, and not the waits for the server', () => {
  let now = 0;
  const at = (ms: number) => {
    now = ms;
  };
  const work = timeOwnWork(() => now);
  const { channel, hear } = connectOver(work.over);
  const say = (type: string) => channel.send(JSON.stringify({ type }));
  at(100);
  hear({ type: 'prompt', operation: 'a' });
  at(101);
  say('open');
  at(150);
  hear({ type: 'keys' });
  at(152);
  say('present');
  at(190);
  hear({ type: 'grant' });
  at(194);
  say('report');
  at(300);
  say('lifted');
  expect(work.take()).toEqual([['a', 7]]);
  expect(work.take()).toEqual([]);
});
