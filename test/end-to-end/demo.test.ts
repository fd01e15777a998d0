import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { controlClient } from '@keyrack/agent';
import { BLANK } from '@keyrack/protocol';
import { firstBrokenLink, INSTALLATION } from '@keyrack/server/domain/audit.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { storedRows } from '../world/database.ts';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { freePort } from '../world/processes.ts';

const PUBLISHED =
  'issueMac=7C778A6C7D9C&accountSid=98651082ab89c3f1b50f35caf794179f&communityNo=1316879946&serialNum=4567&creatorAreaCode=86&creatorMobile=10000000000&creatorPassword=bbc69d27003568a7a94626ce4337bc9d&operateCardType=4&sig=c1d425b5d425d0e776cf387c5118b543';
const SUCCESS = '{"status":200,"info":"success"}';

const cancel = async (port: number, body: string) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await fetch(`http://127.0.0.1:${port}/Home/Qrm/cancelCard`, { method: 'POST', headers, body })).text();
};

describe('the demonstration', () => {
  it('cancels the published card once, says so again without hardware, and stops cleanly', async () => {
    const data = keyrackFolder();
    const port = await freePort();
    const demo = keyrack(['demo'], { PORT: String(port), PAGE_PORT: 'off', KEYRACK_DATA: data });
    await demo.says('Ctrl-C stops it.');
    const forged = await cancel(port, PUBLISHED.replace(/3$/, '4'));
    expect(JSON.parse(forged)).toMatchObject({ status: 403 });
    const desk = controlClient(join(data, 'agent'));
    expect((await desk.show('4567' as never)).card.content).not.toBe(BLANK);

    expect(await cancel(port, PUBLISHED)).toBe(SUCCESS);
    expect((await desk.show('4567' as never)).card.content).toBe(BLANK);
    expect(await cancel(port, PUBLISHED)).toBe(SUCCESS);
    expect(await desk.knock('001001R007', '4567' as never)).toMatchObject({ opens: false, reason: 'blank' });

    demo.child.kill('SIGINT');
    expect(await demo.ended).toMatchObject({ code: 0, err: '' });

    const operations = storedRows(data, 'operations');
    expect(operations).toMatchObject([{ kind: 'cancel', serial: '4567', state: 'succeeded' }]);
    // The log of the installation has the owner's key.
    const audit = storedRows(data, 'audit').filter(({ propertyId }) => propertyId !== INSTALLATION);
    expect(firstBrokenLink(audit)).toBeNull();
    expect(audit.map((record) => record.action)).toEqual([
      'property-changed',
      'member-signed-in',
      'operation-accepted',
      'operation-granted',
      'operation-settled',
      'operation-repeated',
    ]);
  });

  it('shows the page of its desk, whose address it names', async () => {
    const demo = keyrack(['demo'], { PORT: '0', PAGE_PORT: '0', KEYRACK_DATA: keyrackFolder() });
    const [, page = ''] = /Desk +(http:\S+)/.exec(await demo.says('Ctrl-C stops it.')) ?? [];
    expect(await (await fetch(page)).text()).toContain('Keyrack front desk');
    demo.child.kill('SIGINT');
    expect(await demo.ended).toMatchObject({ code: 0, err: '' });
    await expect(fetch(page)).rejects.toThrow();
  });

  it('says in one line that the port that was wished for its page is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { code, err } = await keyrack(['demo'], { PORT: '0', PAGE_PORT: String(port), KEYRACK_DATA: keyrackFolder() })
      .ended;
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      `There is no page for the desk: port ${port} on 127.0.0.1 is taken. Stop the program that has it, or choose another with PAGE_PORT=….`,
    ]);
  });

  it('says in one line that its port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { code, err } = await keyrack(['demo'], { PORT: String(port), KEYRACK_DATA: keyrackFolder() }).ended;
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      `Port ${port} on 127.0.0.1 is taken. Stop the program that has it, or choose another with PORT=….`,
    ]);
  });

  it('says in one line that its database is broken', async () => {
    const data = keyrackFolder();
    writeFileSync(join(data, 'keyrack.db'), 'not a database at all, but long enough to be looked at as one'.repeat(99));
    const { code, err } = await keyrack(['demo'], { PORT: '0', KEYRACK_DATA: data }).ended;
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain('this is not a Keyrack database');
  });

  it('keeps its credentials to itself: a real server starts empty, with a one-time link to set it up', async () => {
    const data = keyrackFolder();
    const serve = keyrack(['serve'], { PORT: '0', KEYRACK_DATA: data, KEYRACK_LOG_LEVEL: 'silent' });
    await serve.says('/set-up#');
    serve.child.kill('SIGTERM');
    expect((await serve.ended).code).toBe(0);

    expect([storedRows(data, 'accounts'), storedRows(data, 'members'), storedRows(data, 'properties')]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('keyrack sign', () => {
  it('prints the string to sign and the signature of the published request', async () => {
    const fields = PUBLISHED.split('&').filter((field) => !field.startsWith('sig='));
    const { code, out } = await keyrack(
      ['sign', 'cancelCard', ...fields, '--token', 'e687bc93c89b9b59611de521a70ed4'],
      {},
    ).ended;
    expect(code).toBe(0);
    expect(out).toContain('c1d425b5d425d0e776cf387c5118b543');
  });

  it('exits with 2 for what it does not understand', async () => {
    expect((await keyrack(['sign', 'openSesame'], {}).ended).code).toBe(2);
  });
});
