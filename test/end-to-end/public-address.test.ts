import { describe, expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { FIRST_PROPERTY, SET_UP_LINK, setUpProperty, setUpTokenIn } from '../world/set-up.ts';

/** KEYRACK_PUBLIC_URL in every link and command that somebody is shown. */

/** A server that was set up; what the terminal shows, and where it really listens. */
async function setUp(env: Record<string, string>) {
  const data = keyrackFolder();
  const serve = keyrack(['serve'], {
    PORT: '0',
    KEYRACK_METRICS: 'none',
    KEYRACK_DATA: data,
    KEYRACK_LOG_LEVEL: 'silent',
    ...env,
  });
  const out = await serve.says(SET_UP_LINK);
  const [, listening = ''] = /Keyrack listens on (\S+);/.exec(out) ?? [];
  const [, shown = ''] = /(http\S+)\/set-up#/.exec(out) ?? [];
  await setUpProperty(listening, setUpTokenIn(out));
  const { number } = FIRST_PROPERTY.property;
  const paired = await keyrack(['agents', 'pair', '--property', number], { KEYRACK_DATA: data }).ended;
  return { serve, data, out, listening, shown, pairing: JSON.parse(paired.out) as { code: string; command: string } };
}

describe('where KEYRACK_PUBLIC_URL says https://keys.example.com', () => {
  test('every link and command names it', async () => {
    const { out, listening, shown, pairing } = await setUp({ KEYRACK_PUBLIC_URL: 'https://keys.example.com/' });
    expect(out).toContain('Its address for people, programs and agents is https://keys.example.com.');
    expect(shown).toBe('https://keys.example.com');
    expect(pairing.command).toBe(
      `npx keyrack agent --server wss://keys.example.com/agent --pair ${pairing.code} --pcsc`,
    );
    const { port } = new URL(listening);
    expect([out.split('\n').slice(1).join('\n'), pairing.command].join('\n')).not.toContain(port);
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
    const { serve, listening, shown, pairing } = await setUp({});
    expect(shown).toBe(listening);
    const agents = `${listening.replace('http', 'ws')}/agent`;
    expect(pairing.command).toContain(` --server ${agents} `);
    serve.child.kill('SIGTERM');
    expect(await serve.ended).toMatchObject({ code: 0, err: '' });
  });

  test('what the server shows for a desk works as it stands', async () => {
    const { data, pairing } = await setUp({});
    const line = pairing.command.replace('npx keyrack ', '').split(' ');
    const desk = keyrack([...line, '--page-port', 'off'], {}, data);
    await desk.says('ready');
    desk.child.kill('SIGTERM');
    expect((await desk.ended).code).toBe(0);
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
