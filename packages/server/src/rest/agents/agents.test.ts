import { AGENT_PROTOCOL, type AgentId, type Mac, OLDEST_KEPT_PROTOCOL } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';
import { describe, expect, it } from 'vitest';
import { ATTENTIONS } from '../../domain/agent-attention.ts';
import { connectComputer, pairComputer, putAgent } from '../../testing/rest-desks.ts';
import { putOperation } from '../../testing/rest-operations.ts';
import { INN, OTHER, restWorldForFile } from '../../testing/rest-world.ts';

const world = restWorldForFile();
const AGENTS = '/v1/properties/1001/agents';
const send = (path: string, method = 'GET', json?: object, headers: Record<string, string> = {}) =>
  world().send(`${AGENTS}${path}`, { method, headers, ...(json && { json }) });
const newCode = async (body: object = {}) => (await send('/pairing-codes', 'POST', body)).body.code as string;
const newDesk = async (name = 'Desk PC') => pairComputer(world(), await newCode(), name);
const records = (action: string) =>
  world()
    .rows('audit')
    .filter((record) => record.action === action);
const ENCODER = { mac: '7C778A6C7D01' as Mac, name: 'Left', forSignedIn: false };

describe('the program of a front desk', () => {
  it.each([
    ['older', '0.0.1', 'update-available'],
    ['newer', '999.0.0', 'newer'],
  ])('that is %s works, and is told so', async (_what, version, versionState) => {
    const computer = await newDesk();
    await connectComputer(world(), computer, [], AGENT_PROTOCOL, { software: `keyrack-agent ${version}` });
    expect((await send(`/${computer.id}`)).body).toMatchObject({ connected: true, versionState });
  });

  it('whose protocol the next release gives up works, and people are told once', async () => {
    const computer = await newDesk();
    const old = () => connectComputer(world(), computer, [], OLDEST_KEPT_PROTOCOL - 1);
    (await old()).close();
    await old();
    const told = (await send(`/${computer.id}`)).body;
    expect(told).toMatchObject({ connected: true, versionState: 'update-soon', protocol: OLDEST_KEPT_PROTOCOL - 1 });
    const events = () => records('agent-outdated').filter(({ details }) => details.includes(computer.id));
    expect(events()).toHaveLength(1);
    expect(events()[0]?.details).toContain('"standing":"ending"');
  });

  it('that is newer than the server understands is refused, and people see whose it is', async () => {
    const computer = await newDesk();
    const [newest, oldest] = [AGENT_PROTOCOL + 2, AGENT_PROTOCOL + 1];
    const refused = () => connectComputer(world(), computer, [], newest, { oldest, software: 'keyrack-agent 999.0.0' });
    await expect(refused()).rejects.toThrow('agent-too-new');
    await expect(refused()).rejects.toThrow('agent-too-new');
    const at = `/${computer.id}`;
    const { body } = await send(at);
    expect(body).toMatchObject({ connected: false, versionState: 'server-too-old', protocol: newest });
    expect(records('agent-outdated').filter(({ details }) => details.includes(computer.id))).toHaveLength(1);
    // The server of its version comes, or an agent of the server's.
    await connectComputer(world(), computer);
    expect((await send(at)).body).toMatchObject({ connected: true, versionState: 'current' });
  });
});

describe('an update of a front desk’s program that came to nothing', () => {
  const attention = async (id: string) => (await send(`/${id}`)).body.attentionKind;

  it('is told until it comes with another program, once', async () => {
    const computer = await newDesk();
    const failed = {
      type: 'update-failed',
      version: '9.0.0',
      cause: 'not-connected',
      why: 'It did not connect.',
    } as const;
    const connect = (version: string) =>
      connectComputer(world(), computer, [], AGENT_PROTOCOL, { software: `keyrack-agent ${version}` });
    const told = () => records('agent-update-failed').filter(({ details }) => details.includes(computer.id));
    for (let start = 0; start < 2; start += 1) {
      const connection = await connect('0.1.0');
      connection.say(failed);
      await expect.poll(() => attention(computer.id)).toBe('update-failed');
      connection.close();
    }
    expect(told()).toHaveLength(1);
    expect(JSON.parse(told()[0]?.details ?? '{}')).toMatchObject({
      agent: computer.id,
      version: '9.0.0',
      why: failed.why,
    });
    await connect('9.0.1');
    expect(await attention(computer.id)).toBeNull();
  });
});

describe('a pairing code', () => {
  it('makes a computer a front desk, which is listed with what it tells', async () => {
    const { status, body } = await send('/pairing-codes', 'POST', {});
    expect(status).toBe(201);
    expect(body).toMatchObject({ code: expect.stringMatching(/^[0-9A-Z]{8}$/), replaces: null });
    const agents = `${world().server.url.replace('http', 'ws')}/agent`;
    expect(body.command).toBe(`keyrack agent --server ${agents} --pair ${body.code} --pcsc`);
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000);

    const computer = await pairComputer(world(), body.code, 'RECEPTION-1');
    const at = `/${computer.id}`;
    expect((await send(at)).body).toMatchObject({
      name: 'RECEPTION-1',
      computer: 'RECEPTION-1',
      state: 'active',
      connected: false,
      lastSeenAt: null,
      version: null,
      protocol: null,
      versionState: null,
      encoders: [],
      attention: null,
    });
    const desk = await connectComputer(world(), computer, [ENCODER]);
    const there = (await send(at)).body;
    expect(there).toMatchObject({
      connected: true,
      version: `keyrack-agent ${VERSION}`,
      protocol: AGENT_PROTOCOL,
      versionState: 'current',
      encoders: [{ id: expect.any(Number), mac: ENCODER.mac, name: 'Left' }],
      disputes: [],
    });
    expect((await send('?connected=true')).body.data).toEqual([
      expect.objectContaining({ id: computer.id, lastSeenAt: expect.any(String) }),
    ]);
    desk.close();
    await expect.poll(async () => (await send(at)).body.connected).toBe(false);
    expect(Date.parse((await send(at)).body.lastSeenAt)).toBeLessThanOrEqual(Date.now());
    await expect(pairComputer(world(), body.code, 'Thief')).rejects.toThrow();
  });

  it('is the same for a repeat of its request, and no record shows it', async () => {
    const headers = { 'idempotency-key': 'pair-1' };
    const first = (await send('/pairing-codes', 'POST', {}, headers)).body;
    expect((await send('/pairing-codes', 'POST', {}, headers)).body).toEqual(first);
    expect(await newCode()).not.toBe(first.code);
    expect(JSON.stringify(world().rows('audit'))).not.toContain(first.code);
    expect(JSON.stringify(world().rows('idempotencyKeys'))).not.toContain(first.code);
    expect(records('agent-code-offered').at(-1)).toMatchObject({
      actor: 'owner',
      details: expect.stringMatching('from'),
    });
  });

  it('that replaces a front desk pairs that one anew, with its id and its name', async () => {
    const { id } = await newDesk('OLD-PC');
    await send(`/${id}`, 'PATCH', { name: 'Lobby' });
    const anew = await pairComputer(world(), await newCode({ replaces: id }), 'NEW-PC');
    expect(anew.id).toBe(id);
    expect((await send(`/${id}`)).body).toMatchObject({ name: 'Lobby', computer: 'NEW-PC' });
  });

  it('replaces none of another property, none that is not there, and none that was revoked', async () => {
    const elsewhere = await putAgent(world(), { propertyId: OTHER.id });
    for (const replaces of [elsewhere, INN.id])
      expect(await send('/pairing-codes', 'POST', { replaces })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'replaces' }] },
      });
    const replaces = await putAgent(world(), { state: 'revoked' });
    expect((await send('/pairing-codes', 'POST', { replaces })).status).toBe(409);
    expect((await send(`/${elsewhere}`)).status).toBe(404);
  });
});

describe('a front desk', () => {
  it('is renamed as the caller knows it, and has the name of its computer again', async () => {
    const at = `/${await putAgent(world(), { name: 'PC-7' })}`;
    const tag = { 'if-match': (await send(at)).headers.get('etag') as string };
    expect(await send(at, 'PATCH', { name: 'Bar' }, tag)).toMatchObject({
      status: 200,
      body: { name: 'Bar', computer: 'PC-7' },
    });
    expect((await send(at, 'PATCH', { name: 'Spa' }, tag)).status).toBe(412);
    expect((await send(at, 'PATCH', { name: '' })).status).toBe(400);
    expect((await send(at, 'PATCH', { name: null })).body.name).toBe('PC-7');
    expect(records('agent-changed')).toHaveLength(3);
    expect((await send(at, 'PATCH', {})).status).toBe(200);
    expect(records('agent-changed')).toHaveLength(3);
  });

  it('that is suspended says why', async () => {
    const attention = ATTENTIONS['two-computers'];
    const id = await putAgent(world(), { state: 'suspended', attention });
    const shown = { state: 'suspended', attention, attentionKind: 'two-computers' };
    expect((await send(`/${id}`)).body).toMatchObject(shown);
    const byHand = await putAgent(world(), { attention: 'Somebody wrote this by hand.' });
    expect((await send(`/${byHand}`)).body).toMatchObject({
      attention: expect.stringMatching('hand'),
      attentionKind: null,
    });
    const { data } = (await send('?state=suspended')).body;
    expect(data.map((each: { id: string }) => each.id)).toEqual([id]);
  });

  it('that is revoked is cut off at once and for good; once more changes nothing', async () => {
    const computer = await newDesk();
    const desk = await connectComputer(world(), computer, [ENCODER]);
    const revoked = await send(`/${computer.id}/revoke`, 'POST');
    expect(revoked).toMatchObject({ status: 200, body: { state: 'revoked', connected: false, encoders: [] } });
    await expect.poll(desk.isClosed).toBe(true);
    expect(desk.heard.at(-1)).toMatchObject({ type: 'refused', cause: 'agent-revoked' });
    await expect(connectComputer(world(), computer)).rejects.toThrow('agent-revoked');
    const before = world().rows('audit').length;
    expect((await send(`/${computer.id}/revoke`, 'POST')).status).toBe(200);
    expect(world().rows('audit')).toHaveLength(before);
    expect(records('agent-revoked').at(-1)?.details).toMatch(/"by":.*"from":/);
  });

  it('is forgotten once it is revoked and nothing is open with it; records, and its computer, hear of it still', async () => {
    const computer = await newDesk('GONE-PC');
    const at = `/${computer.id}`;
    expect(await send(at, 'DELETE')).toMatchObject({ status: 409, body: { detail: expect.stringMatching('Revoke') } });
    const code = await newCode({ replaces: computer.id });
    await send(`${at}/revoke`, 'POST');
    const open = await putOperation(world(), 'unknown');
    const ofThis = { ...open, agentId: computer.id, grant: { ...open.grant, agentId: computer.id } } as typeof open;
    await world().put({ table: 'operations', row: ofThis });
    expect(await send(at, 'DELETE')).toMatchObject({ status: 409, body: { detail: expect.stringMatching('write') } });
    await world().send(`/v1/properties/1001/operations/${open.id}/write-off`, { method: 'POST' });

    expect((await send(at, 'DELETE')).status).toBe(204);
    for (const [path, method] of [
      ['', 'GET'],
      ['', 'PATCH'],
      ['', 'DELETE'],
      ['/revoke', 'POST'],
    ] as const)
      expect((await send(`${at}${path}`, method, method === 'PATCH' ? {} : undefined)).status).toBe(404);
    expect(JSON.stringify((await send('?limit=200')).body)).not.toContain(computer.id);
    expect((await world().send(`/v1/properties/1001/operations/${open.id}`)).status).toBe(200);
    expect(records('agent-forgotten').at(-1)?.details).toContain('GONE-PC');
    await expect(connectComputer(world(), computer)).rejects.toThrow('agent-revoked');
    await expect(pairComputer(world(), code, 'Back')).rejects.toThrow();
  });

  it('comes in pages, the newest first', async () => {
    const all = (await send('?limit=200')).body.data.map(({ id }: { id: AgentId }) => id);
    expect(all).toEqual([...all].sort().reverse());
    const walked: AgentId[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await send(`?limit=2${cursor}`);
      walked.push(...body.data.map(({ id }: { id: AgentId }) => id));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(walked).toEqual(all);
  });
});
