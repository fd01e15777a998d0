import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { OPERATION, PUBLISHED_FORM } from '../roomcard/testing/scripted-card-requests.ts';
import { HEAD, KEEPS_OPEN, listening, PROBE, received, waitingCardRequests } from './testing/listening.ts';

describe('requests that are sent without waiting for answers', () => {
  test('are begun a few at a time, and all are answered in their order', async () => {
    let [underWay, most] = [0, 0];
    const { open } = await listening(
      {
        answer: async () => {
          underWay += 1;
          most = Math.max(most, underWay);
          await new Promise((resolve) => setTimeout(resolve, 2));
          underWay -= 1;
          return { outcome: 'succeeded', operation: OPERATION, repeat: false };
        },
      },
      { limits: { ...KEEPS_OPEN, requestsAtOnce: 3, requestsHeldByOne: 1_000 } },
    );
    const socket = await open();
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write((HEAD + PUBLISHED_FORM).repeat(200));
    await expect.poll(() => text.match(/"status":200/g)?.length).toBe(200);
    expect(most).toBe(3);
    const ids = [...text.matchAll(/x-request-id: .*-0*(\d+)\r/gi)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  test('leave turns to others, however many they are', async () => {
    const { open, metrics } = await listening(
      {},
      { limits: { ...KEEPS_OPEN, requestsAtOnce: 1, requestsHeldByOne: 1_000 } },
    );
    const [greedy, other] = [await open(), await open()];
    greedy.write('GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(900));
    await once(greedy, 'data');
    other.write(PROBE);
    await once(other, 'data');
    const [, answered] = (await metrics.text()).match(/requests_total{endpoint="other",status="404"} (\d+)/) ?? [];
    expect(Number(answered)).toBeLessThan(900);
  });

  test('are not even made of the rest that a connection had sent by the time it was ended', async () => {
    const { app, open } = await listening(waitingCardRequests().script, {
      limits: { ...KEEPS_OPEN, requestsAtOnce: 2, requestsHeldByOne: 5 },
    });
    let made = 0;
    app.server.on('request', () => {
      made += 1;
    });
    const socket = await open();
    // One packet of 64 KB at most: Node reads it at once.
    socket.write(`${HEAD}${PUBLISHED_FORM}`.repeat(2) + PROBE.repeat(1_000));
    await received(socket);
    expect(made).toBe(2 + 5 + 1);
  });

  test('end their connection where too many wait, and others are served', async () => {
    const cardRequests = waitingCardRequests();
    const limits = { ...KEEPS_OPEN, requestsAtOnce: 2, requestsHeld: 10 };
    const { open, connections } = await listening(cardRequests.script, { limits });
    const greedy = await open();
    const answer = received(greedy);
    greedy.write((HEAD + PUBLISHED_FORM).repeat(20));
    expect(await answer).toBe('');
    await expect.poll(connections).toBe(0);
    const other = await open();
    other.write(PROBE.repeat(4));
    let text = '';
    other.on('data', (chunk) => {
      text += chunk;
    });
    await expect.poll(() => text.match(/"alive":true/g)?.length).toBe(4);
  });
});
