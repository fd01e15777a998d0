import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keyrackFolder } from '../world/keyrack.ts';
import { HAS_CHROMIUM, openBrowser } from './testing/chromium.ts';

/** Passkeys of a real browser, whose authenticator is a virtual one. The console's pages come later: scripts stand in for them. */

const ORIGIN = 'https://keys.example.com';
const OWN = 'her very own';

/** A server with a person, as a browser reaches it by its name. */
async function newServer() {
  const folder = keyrackFolder();
  const settings = { PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_PUBLIC_URL: ORIGIN };
  const server = await startServer(readConfig(settings, folder), recordingLog().log);
  onTestFinished(() => server.stop());
  const post = async (path: string, json: object, key?: string) => {
    const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(json) });
    return { status: answer.status, body: (await answer.json()) as never as Record<string, string> };
  };
  const ownerKey = readFileSync(join(folder, 'owner-key'), 'utf8').trim();
  const { token: invitation } = (await post('/v1/owner-invitations', {}, ownerKey)).body;
  await post('/v1/persons', { invitation, name: 'Ada', email: 'ada@example.com', password: OWN });
  const signIn = async () => (await post('/v1/sessions', { email: 'ada@example.com', password: OWN })).body;
  return { post, signIn };
}

/** A page of that origin, with nothing on it. */
async function openPage(): Promise<{ page: Page; devtools: CDPSession }> {
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const page = await (await browser.newContext()).newPage();
  await page.route(`${ORIGIN}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(`${ORIGIN}/`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  return { page, devtools };
}

const plug = (devtools: CDPSession, knowsOwner: boolean) =>
  devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: knowsOwner,
      isUserVerified: knowsOwner,
      automaticPresenceSimulation: true,
    },
  });

/** What the page's scripts do with the options of the server. They run in the browser: its types aren't those of here. */
const ask = (page: Page, what: 'create' | 'get', options: object): Promise<object> =>
  page.evaluate(`(async () => {
    const options = ${JSON.stringify(options)};
    const publicKey = ${
      what === 'create'
        ? 'PublicKeyCredential.parseCreationOptionsFromJSON(options)'
        : 'PublicKeyCredential.parseRequestOptionsFromJSON(options)'
    };
    return (await navigator.credentials.${what}({ publicKey })).toJSON();
  })()`);

describe.skipIf(!HAS_CHROMIUM)('passkeys (needs chromium: apt-get install chromium)', () => {
  test('of a browser are added, asked for beside the password, and sign in alone', async () => {
    const { post, signIn } = await newServer();
    const { page, devtools } = await openPage();
    await plug(devtools, true);
    const { token: session = '' } = await signIn();

    const options = await post('/v1/me/passkeys/options', { currentPassword: OWN }, session);
    const made = await ask(page, 'create', options.body);
    const created = await post('/v1/me/passkeys', { name: 'Laptop', passkey: made }, session);
    expect(created).toMatchObject({ status: 201, body: { host: 'keys.example.com' } });

    const halfOpen = await signIn();
    expect(halfOpen).toMatchObject({ state: 'half-open', factors: ['passkey'] });
    const asked = await post('/v1/sessions/passkey-options', { session: halfOpen.token });
    const shown = await ask(page, 'get', asked.body);
    const opened = await post('/v1/sessions/open', { session: halfOpen.token, passkey: shown });
    expect(opened).toMatchObject({ status: 201, body: { state: 'open' } });

    const alone = await ask(page, 'get', (await post('/v1/sessions/passkey-options', {})).body);
    expect(await post('/v1/sessions/passkey', { passkey: alone })).toMatchObject({
      status: 201,
      body: { state: 'open', kind: 'person' },
    });
    expect((await post('/v1/sessions/passkey', { passkey: alone })).status).toBe(401);
  });

  test('that ask nobody for a finger or a PIN serve beside the password', async () => {
    const { post, signIn } = await newServer();
    const { page, devtools } = await openPage();
    await plug(devtools, false);
    const { token: session = '' } = await signIn();
    const options = await post('/v1/me/passkeys/options', { currentPassword: OWN }, session);
    const made = await ask(page, 'create', options.body);
    expect((await post('/v1/me/passkeys', { name: 'Key', passkey: made }, session)).status).toBe(201);
    const halfOpen = await signIn();
    const shown = await ask(
      page,
      'get',
      (await post('/v1/sessions/passkey-options', { session: halfOpen.token })).body,
    );
    expect((await post('/v1/sessions/open', { session: halfOpen.token, passkey: shown })).status).toBe(201);
  });
});
