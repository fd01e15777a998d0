import { describe, expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { FIRST_PROPERTY, setUpProperty, setupTokenIn, shownOn } from '../world/set-up.ts';

/** KEYRACK_PUBLIC_URL in every link and command that somebody is shown. */

/** A server, set up in a browser that was told this Host; what terminal and page show, and where it really listens. */
async function setUp(env: Record<string, string>, host?: string, changes: Record<string, string> = {}) {
  const data = keyrackFolder();
  const serve = keyrack(['serve'], {
    PORT: '0',
    KEYRACK_METRICS: 'none',
    KEYRACK_DATA: data,
    KEYRACK_LOG_LEVEL: 'silent',
    ...env,
  });
  const out = await serve.says('/setup#');
  const [, listening = ''] = /Keyrack listens on (\S+);/.exec(out) ?? [];
  const [, shown = ''] = /(http\S+)\/setup#/.exec(out) ?? [];
  const page = await setUpProperty(listening, setupTokenIn(out), host, changes);
  const paired = await keyrack(['agents', 'pair', '--property', FIRST_PROPERTY.propertyNumber], { KEYRACK_DATA: data })
    .ended;
  return {
    serve,
    data,
    out,
    listening,
    shown,
    page,
    pairing: JSON.parse(paired.out) as { code: string; command: string },
  };
}

const serverIn = (page: string) => /--server (\S+)/.exec(page)?.[1];

describe('where KEYRACK_PUBLIC_URL says https://keys.example.com', () => {
  test('every link and command names it, whatever the browser says', async () => {
    const { out, listening, shown, page, pairing } = await setUp(
      { KEYRACK_PUBLIC_URL: 'https://keys.example.com/' },
      'elsewhere.example',
    );
    expect(out).toContain('Its address for people, programs and agents is https://keys.example.com.');
    expect(shown).toBe('https://keys.example.com');
    expect(serverIn(page)).toBe('wss://keys.example.com/agent');
    expect(pairing.command).toBe(
      `npx keyrack agent --server wss://keys.example.com/agent --pair ${pairing.code} --pcsc`,
    );
    const { port } = new URL(listening);
    expect([out.split('\n').slice(1).join('\n'), page, pairing.command].join('\n')).not.toContain(port);
  });

  test('the demonstration shows it too, and its own agent connects straight', async () => {
    const demo = keyrack(['demo'], {
      PORT: '0',
      PAGE_PORT: 'off',
      KEYRACK_METRICS: 'none',
      KEYRACK_DATA: keyrackFolder(),
      KEYRACK_PUBLIC_URL: 'https://keys.example.com',
    });
    const text = await demo.says('Ctrl-C stops it.');
    expect(text).toMatch(/Address +https:\/\/keys\.example\.com\n/);
    expect(text).toContain('curl https://keys.example.com/Home/Qrm/cancelCard');
    expect(text).not.toMatch(/127\.0\.0\.1:\d/);
    demo.child.kill('SIGINT');
    expect((await demo.ended).code).toBe(0);
  });
});

describe('where nobody says it', () => {
  test('links and commands name where the server listens', async () => {
    const { serve, listening, shown, page, pairing } = await setUp({});
    expect(shown).toBe(listening);
    const agents = `${listening.replace('http', 'ws')}/agent`;
    expect(serverIn(page)).toBe(agents);
    expect(pairing.command).toContain(` --server ${agents} `);
    serve.child.kill('SIGTERM');
    expect(await serve.ended).toMatchObject({ code: 0, err: '' });
  });

  // Five programs start one after another.
  test('what the server shows for a desk works as it stands', async () => {
    const { page, data, pairing } = await setUp({});
    const line = shownOn(page, 'desk-command');
    expect(line).toContain(` --pair ${shownOn(page, 'pairing-code')} `);
    for (const shown of [line, `${pairing.command} --data ./another`]) {
      const desk = keyrack([...shown.replace('npx keyrack ', '').split(' '), '--page-port', 'off'], {}, data);
      await desk.says('ready');
      desk.child.kill('SIGTERM');
      expect((await desk.ended).code).toBe(0);
    }
  });

  test.each([
    ['keys.hotel.example:8443', 'wss://keys.hotel.example:8443/agent'],
    ['<b>', 'wss://HOST/agent'],
  ])('the set-up page takes a browser’s %s for %s, since plain text stays on one computer', async (host, agents) => {
    const { page } = await setUp({}, host);
    expect(serverIn(page)).toBe(agents);
  });

  test('the set-up page that was opened by https shows wss, whatever the proxy in front passes on', async () => {
    const { page } = await setUp({}, undefined, { opened: 'https://127.0.0.1:8443' });
    expect(serverIn(page)).toBe('wss://127.0.0.1:8443/agent');
    expect(page).not.toContain('docs/reverse-proxy.md');
  });

  test('the set-up page that was opened by http from elsewhere says that desks on other computers need TLS', async () => {
    const { page } = await setUp({}, undefined, { opened: 'http://192.168.1.5:8080' });
    expect(serverIn(page)).toBe('ws://192.168.1.5:8080/agent');
    expect(page).toContain('docs/reverse-proxy.md');
  });
});

test('where it says plain http, the server says that agents on other computers need TLS', async () => {
  const { serve, pairing } = await setUp({ KEYRACK_PUBLIC_URL: 'http://keys.example.com' });
  expect(pairing.command).toContain(' --server ws://keys.example.com/agent ');
  serve.child.kill('SIGTERM');
  expect((await serve.ended).err).toBe(
    'Agents on other computers need TLS, and http://keys.example.com is plain text. See docs/reverse-proxy.md.\n',
  );
});
