import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { scratchFolder } from '../../store/testing/scratch-folder.ts';
import { restWorld } from '../../testing/rest-world.ts';
import { webhookReceiver } from '../../testing/webhook-receiver.ts';

const settings = { KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1' };
const program = fileURLToPath(new URL('../../testing/server-killed-at.ts', import.meta.url));

it('a server that is killed between commit and delivery, or between delivery and its note, loses no event', async () => {
  const folder = scratchFolder();
  const receiver = await webhookReceiver();
  const first = await restWorld({}, { folder, settings });
  const json = { url: receiver.url, types: ['property.changed'] };
  await first.send('/v1/properties/1001/webhooks', { method: 'POST', json });
  await first.server.stop();
  const ids = () => receiver.received.map(({ event }) => event.number as number);

  const changeUntilKilled = async (at: string) => {
    const child = spawn(process.execPath, [program, folder, at], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    // It may be dead before it listens: what was left to send is sent at once.
    const [url] = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      ended.then(() => [null]),
    ]);
    const headers = { authorization: `Bearer ${first.ownerKey}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: `Killed at ${at}` });
    if (url !== null) await fetch(`${url}/v1/properties/1001`, { method: 'PATCH', headers, body }).catch(() => {});
    expect(await ended).toEqual([null, 'SIGKILL']);
  };

  await changeUntilKilled('changeProperty');
  expect(ids()).toEqual([]);
  // It sends what the one before left in the log, and dies before it knows that.
  await changeUntilKilled('noteDeliveries');
  expect(ids()).toContain(2);

  const last = await restWorld({}, { folder, settings, properties: [] });
  const { data } = (await last.send('/v1/properties/1001/events?types=property.changed')).body;
  const all = data.map(({ number }: { number: number }) => number);
  expect(all).toEqual(expect.arrayContaining([2]));
  await expect.poll(() => [...new Set(ids())].sort()).toEqual(all);
  // Once more than once is what a receiver knows by the id.
  const sent = () => receiver.received.filter(({ event }) => event.number === 2);
  await expect.poll(() => sent().length).toBe(2);
  expect(new Set(sent().map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});
