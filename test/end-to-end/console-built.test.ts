import { expect, it } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';

/** The console of a checkout, as the programs hand it out. */

const HTML = { headers: { accept: 'text/html' } };

it('the demonstration answers at once, and builds the console where that is needed', async () => {
  const demo = keyrack(['demo'], { PORT: '0', PAGE_PORT: 'off', KEYRACK_DATA: keyrackFolder() });
  const [, address = ''] = /Address +(http:\S+)/.exec(await demo.says('Ctrl-C stops it.')) ?? [];
  const page = async () => {
    const answer = await fetch(address, HTML);
    return { status: answer.status, html: await answer.text() };
  };
  const first = await page();
  if (first.status !== 200) expect(first.html).toContain('is being built');
  await expect.poll(async () => (await page()).status, { timeout: 300_000, interval: 500 }).toBe(200);
  const { html } = await page();
  expect(html).not.toContain('__CSP_NONCE__');
  const scripts = Array.from(html.matchAll(/src="(\/assets\/[^"]+\.js)"/g), ([, path]) => path as string);
  expect(scripts).not.toEqual([]);
  for (const path of scripts) {
    const { status, headers } = await fetch(`${address}${path}`, { headers: { 'accept-encoding': 'br' } });
    expect([status, headers.get('content-encoding')]).toEqual([200, 'br']);
  }
  demo.child.kill('SIGINT');
  expect(await demo.ended).toMatchObject({ code: 0, err: '' });
});

it('a server says where its console is, or how to build it, and builds nothing', async () => {
  const server = keyrack(['serve'], { PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_DATA: keyrackFolder() });
  expect(await server.says('The console for browsers')).toMatch(
    /The console for browsers (?:is http:\S+\.|isn't built, or is older than its sources\. `npm run build -w @keyrack\/console` builds it\.)/,
  );
  server.child.kill('SIGINT');
  expect(await server.ended).toMatchObject({ code: 0 });
});
