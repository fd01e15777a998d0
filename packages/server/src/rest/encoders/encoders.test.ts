import type { EncoderInfo, Mac } from '@keyrack/protocol';
import { describe, expect, it } from 'vitest';
import {
  connectComputer,
  type PairedComputer,
  pairComputer,
  putAgent,
  putLostEncoder,
} from '../../testing/rest-desks.ts';
import { putOperation } from '../../testing/rest-operations.ts';
import { INN, OTHER, restWorldForFile } from '../../testing/rest-world.ts';

const world = restWorldForFile();
const send = (path: string, method = 'GET', json?: object, headers: Record<string, string> = {}) =>
  world().send(`/v1/properties/1001/${path}`, { method, headers, ...(json && { json }) });
const records = (action: string) =>
  world()
    .rows('audit')
    .filter((record) => record.action === action);

let macs = 0x7c77_8a6c_0000;
const encoder = (name: string, forSignedIn = false): EncoderInfo => {
  macs += 1;
  return { mac: macs.toString(16).toUpperCase() as Mac, name, forSignedIn };
};
/** A paired computer that is connected with these encoders. */
const newDesk = async (name: string, ...encoders: EncoderInfo[]) => {
  const { code } = (await send('agents/pairing-codes', 'POST', {})).body;
  const computer = await pairComputer(world(), code, name);
  return { computer, desk: await connectComputer(world(), computer, encoders) };
};
const encodersOf = async ({ id }: PairedComputer) => (await send(`encoders?agent=${id}`)).body.data;
const at = async ({ mac }: EncoderInfo) => {
  const { data } = (await send('encoders?limit=200')).body;
  return `encoders/${data.find((each: { mac: string }) => each.mac === mac)?.id}`;
};

describe('an encoder', () => {
  it('tells whose it is, whether it is there, and what waits at it', async () => {
    const reader = encoder('ACR122U');
    const { computer, desk } = await newDesk('TELLS-PC', reader);
    const here = await at(reader);
    expect((await send(here)).body).toEqual({
      id: expect.any(Number),
      mac: reader.mac,
      name: 'ACR122U',
      toldName: 'ACR122U',
      agent: { id: computer.id, name: 'TELLS-PC' },
      presence: 'connected',
      simulated: false,
      disputed: false,
      others: [],
      forSignedIn: false,
      chosen: null,
      queue: [],
    });
    const open = await putOperation(world(), 'accepted');
    const waits = { ...open, encoder: reader.mac, agentId: computer.id } as typeof open;
    await world().put({ table: 'operations', row: waits });
    expect((await send(here)).body.queue).toMatchObject([{ operation: open.id, kind: 'cancel', state: 'accepted' }]);
    await send(`operations/${open.id}/withdraw`, 'POST');
    expect((await send(here)).body.queue).toEqual([]);

    desk.say({ type: 'encoders', encoders: [] });
    await expect.poll(async () => (await send(here)).body.presence).toBe('unplugged');
    desk.say({ type: 'encoders', encoders: [reader] });
    await expect.poll(async () => (await send(here)).body.presence).toBe('connected');
    desk.close();
    await expect.poll(async () => (await send(here)).body.presence).toBe('desk-away');
    await send(`agents/${computer.id}/revoke`, 'POST');
    expect((await send(here)).body).toMatchObject({ presence: 'at-no-desk', agent: null });
  });

  it('that two front desks tell of is disputed, and says which they are', async () => {
    const reader = encoder('Dummy');
    const { computer: first } = await newDesk('FIRST-PC', reader);
    const { computer: second, desk } = await newDesk('SECOND-PC', reader);
    const here = await at(reader);
    await expect.poll(async () => (await send(here)).body.others).toEqual([{ id: second.id, name: 'SECOND-PC' }]);
    expect((await send(here)).body.agent.id).toBe(first.id);
    desk.say({ type: 'encoders', encoders: [] });
    await expect.poll(async () => (await send(here)).body.others).toEqual([]);
  });

  it('keeps the name that it was given, whatever its agent says; without it, it is called as the agent says', async () => {
    const reader = encoder('ACR122U');
    const { computer, desk } = await newDesk('NAMES-PC', reader);
    const here = await at(reader);
    const tag = { 'if-match': (await send(here)).headers.get('etag') as string };
    expect((await send(here, 'PATCH', { name: 'Left' }, tag)).body).toMatchObject({
      name: 'Left',
      toldName: 'ACR122U',
    });
    expect((await send(here, 'PATCH', { name: 'Right' }, tag)).status).toBe(412);
    desk.close();
    const again = await connectComputer(world(), computer, [{ ...reader, name: 'ACR122U (2)' }]);
    expect((await send(here)).body).toMatchObject({ name: 'Left', toldName: 'ACR122U (2)' });
    const open = await putOperation(world(), 'unknown');
    await world().put({ table: 'operations', row: { ...open, encoder: reader.mac } as typeof open });
    expect((await send(`operations/${open.id}`)).body.encoder.name).toBe('Left');
    expect((await send(`agents/${computer.id}`)).body.encoders).toMatchObject([{ name: 'Left' }]);
    expect((await send(here, 'PATCH', { name: null })).body.name).toBe('ACR122U (2)');
    expect(records('encoder-changed').at(-1)).toMatchObject({ actor: 'owner', details: expect.stringMatching('from') });
    again.close();
  });

  it('is marked for signed-in members as its agent says, unless somebody chose', async () => {
    const [left, right] = [encoder('Left', true), encoder('Right')];
    const { computer, desk } = await newDesk('MARKS-PC', left, right);
    const marked = async () =>
      (await encodersOf(computer)).flatMap((each: { name: string; forSignedIn: boolean }) =>
        each.forSignedIn ? [each.name] : [],
      );
    expect(await marked()).toEqual(['Left']);
    const chosen = await send(await at(right), 'PATCH', { forSignedIn: true });
    expect(chosen.body).toMatchObject({ forSignedIn: true, chosen: true });
    expect(await marked()).toEqual(['Right']);
    desk.close();
    await connectComputer(world(), computer, [left, right]);
    expect(await marked()).toEqual(['Right']);
    await send(await at(right), 'PATCH', { forSignedIn: false });
    expect(await marked()).toEqual([]);
    await send(await at(right), 'PATCH', { forSignedIn: null });
    expect(await marked()).toEqual(['Left']);
    const before = records('encoder-changed').length;
    await send(await at(right), 'PATCH', { forSignedIn: null });
    expect(records('encoder-changed')).toHaveLength(before);
    await putLostEncoder(world(), 4_000);
    expect((await send('encoders/4000', 'PATCH', { forSignedIn: true })).status).toBe(409);
  });

  it('is told to its front desk as people call it, at once and when it connects; never to an agent that does not know', async () => {
    const [reader, other] = [encoder('ACR122U', true), encoder('Spare')];
    const { computer, desk } = await newDesk('HEARS-PC', reader, other);
    const told = (heard: typeof desk.heard) =>
      heard
        .findLast((message) => message.type === 'called')
        ?.encoders.map(({ name, forSignedIn }) => [name, forSignedIn]);
    expect(told(desk.heard)).toBeUndefined();
    await send(await at(reader), 'PATCH', { name: 'Left' });
    await expect.poll(() => told(desk.heard)).toEqual([['Left', true]]);
    await send(await at(other), 'PATCH', { forSignedIn: true });
    await expect
      .poll(() => told(desk.heard))
      .toEqual([
        ['Left', false],
        ['Spare', true],
      ]);
    desk.close();
    const again = await connectComputer(world(), computer, [reader, other]);
    await expect.poll(() => told(again.heard)).toEqual(told(desk.heard));
    await send(await at(other), 'PATCH', { forSignedIn: null });
    await send(await at(reader), 'PATCH', { name: null });
    await expect.poll(() => told(again.heard)).toEqual([]);
    await send(await at(reader), 'PATCH', { name: 'Left' });
    again.close();
    const old = await connectComputer(world(), computer, [reader, other], 3);
    await send(await at(reader), 'PATCH', { name: 'Right' });
    old.say({ type: 'sign-out', request: 1 });
    await expect.poll(() => old.heard.at(-1)?.type).toBe('signed-in');
    expect(told(old.heard)).toBeUndefined();
  });

  it('is forgotten once no front desk has it and nothing is open there; one that comes back has its id still', async () => {
    const reader = encoder('Old');
    const { computer, desk } = await newDesk('FORGETS-PC', reader);
    const here = await at(reader);
    expect(await send(here, 'DELETE')).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching('unplug') },
    });
    desk.say({ type: 'encoders', encoders: [] });
    await expect.poll(async () => (await send(here)).body.presence).toBe('unplugged');
    const open = await putOperation(world(), 'accepted');
    const waits = { ...open, encoder: reader.mac, agentId: computer.id } as typeof open;
    await world().put({ table: 'operations', row: waits });
    expect(await send(here, 'DELETE')).toMatchObject({ status: 409, body: { detail: expect.stringMatching('open') } });
    await send(`operations/${open.id}/withdraw`, 'POST');
    expect((await send(here, 'DELETE')).status).toBe(204);
    for (const [method, json] of [['GET'], ['PATCH', {}], ['DELETE']] as const)
      expect((await send(here, method, json)).status).toBe(404);
    expect((await send('operations', 'POST', { kind: 'read', encoder: Number(here.split('/')[1]) })).body.cause).toBe(
      'encoder-unknown',
    );
    expect(JSON.stringify((await send('encoders?limit=200')).body)).not.toContain(reader.mac);
    expect((await send(`operations/${open.id}`)).body.encoder).toMatchObject({ mac: reader.mac, name: 'Old' });
    desk.say({ type: 'encoders', encoders: [encoder('New'), reader] });
    await expect.poll(() => at(reader)).toBe(here);
    expect((await send(here)).body).toMatchObject({ presence: 'connected', agent: { id: computer.id } });
  });

  it('that is forgotten changes nothing of what a repeat of a request for it is answered', async () => {
    const reader = encoder('Gone');
    const { desk } = await newDesk('REPEATS-PC', reader);
    const here = await at(reader);
    const scopes = { name: 'PMS', scopes: ['cards'], properties: [INN.id] };
    const { token: key } = (await world().send('/v1/api-keys', { method: 'POST', json: scopes })).body;
    const json = { kind: 'read', encoder: Number(here.split('/')[1]) };
    const ask = (name: string) =>
      world().send('/v1/properties/1001/operations', {
        method: 'POST',
        json,
        key,
        headers: { 'idempotency-key': name },
      });
    const first = await ask('first');
    expect(first.status).toBe(202);
    await send(`operations/${first.body.id}/withdraw`, 'POST');
    desk.say({ type: 'encoders', encoders: [] });
    await expect.poll(async () => (await send(here, 'DELETE')).status).toBe(204);
    expect(await ask('first')).toMatchObject({ status: 200, body: { id: first.body.id, state: 'withdrawn' } });
    const refused = { body: { cause: 'encoder-unknown' } };
    expect(await ask('another')).toMatchObject(refused);
    expect(await ask('another')).toMatchObject(refused);
  });

  it('of another property is not there', async () => {
    const agent = await putAgent(world(), { propertyId: OTHER.id });
    expect((await send(`encoders?agent=${agent}`)).body.data).toEqual([]);
    for (const id of ['0', '999999999', 'x', '-1', INN.id]) expect((await send(`encoders/${id}`)).status).toBe(404);
  });

  it('comes in pages, by its id', async () => {
    const all = (await send('encoders?limit=200')).body.data.map(({ id }: { id: number }) => id);
    expect(all).toEqual([...all].sort((one: number, other: number) => one - other));
    const walked: number[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await send(`encoders?limit=2${cursor}`);
      walked.push(...body.data.map(({ id }: { id: number }) => id));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(walked).toEqual(all);
  });
});
