import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '@keyrack/cli/commands.ts';
import { carryOut } from '@keyrack/cli/program.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { newPairingCode } from '../world/owner.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { typeCommand } from '../world/typed-command.ts';

/** `keyrack agent --pair` as a person types it: what is wrong with it is said before the code is spent. */

let template: Template;
let property: TestProperty;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => property.close());

const agentUrl = () => `${property.url.replace('http', 'ws')}/agent`;

async function newCode(replaces: string | null = null): Promise<string> {
  return newPairingCode(property, replaces);
}

/** Agents of the property, without those of its template. */
const paired = () => property.rows('agents').filter(({ publicKey }) => publicKey !== null);

/** The agent with these words, until it says that it is ready. */
async function startsWith(words: readonly string[], cwd: string): Promise<{ out: string; err: string }> {
  const agent = keyrack(['agent', '--page-port', '0', ...words], {}, cwd);
  await agent.says('ready');
  agent.child.kill('SIGTERM');
  return agent.ended;
}

describe('a code is still good after a command line that can’t be', () => {
  const MAC = '7C778A6C7D9C';
  test.each<[string, readonly string[], number, RegExp]>([
    ['an unknown option', ['--pcs'], 2, /--pcs/],
    ['a MAC that is none', ['--sim-encoder', 'desk'], 2, /12 letters or digits/],
    ['an encoder that is named twice', ['--sim-encoder', MAC, '--sim-encoder', MAC], 2, /Name each encoder once/],
    ['a reader without a name', ['--pcsc-encoder', MAC], 2, /MAC=READER/],
    ['an encoder for the signed-in member that isn’t there', ['--for-signed-in', MAC], 2, /There is no encoder/],
    [
      'a MAC for a reader and a simulated encoder',
      ['--sim-encoder', MAC, '--pcsc-encoder', `${MAC}=Reader`],
      2,
      /give one another MAC/,
    ],
    ['a page that has no port', ['--page-port', '99999'], 2, /port number/],
    ['a certificate that isn’t there', ['--ca-file', 'ca.pem'], 1, /ca\.pem/],
    ['a certificate that is none', ['--ca-file', 'empty'], 2, /no certificate/],
    ['a proxy that is none', ['--server', 'wss://127.0.0.1:9/agent', '--proxy', 'socks://x'], 2, /proxy/i],
    ['a server that is none', ['--server', 'keys.example.com'], 2, /wss:\/\/HOST\/agent/],
    ['a server behind plain text', ['--server', 'ws://keys.example.com/agent'], 2, /plain text/],
    ['an identity besides', ['--id', '01900000-0000-7000-8000-00000000000a'], 2, /leave out --id/],
    ['a token besides', ['--token-file', 'empty'], 2, /leave out --id and --token-file/],
    ['settings that can’t be understood', ['--data', 'broken'], 1, /agent\.json can't be used/],
    ['a folder that others can look into', ['--data', 'open'], 1, /chmod 700/],
    ['a file as folder', ['--data', 'empty'], 1, /empty/],
  ])('with %s', async (_, words, code, why) => {
    property = await openProperty(template);
    const folder = keyrackFolder();
    writeFileSync(join(folder, 'empty'), '');
    mkdirSync(join(folder, 'broken'), { mode: 0o700 });
    writeFileSync(join(folder, 'broken/agent.json'), '{"version":1,"enoders":[]}');
    mkdirSync(join(folder, 'open'), { mode: 0o755 });
    const pairing = await newCode();
    const codes = property.rows('pairingCodes');
    expect(codes).toHaveLength(1);
    const [out, err]: string[][] = [[], []];
    const said = { out: (text: string) => void out?.push(text), err: (text: string) => void err?.push(text) };
    const there = (word: string) => (['empty', 'broken', 'open'].includes(word) ? join(folder, word) : word);
    // What is typed last counts, so that a case may name another server or folder.
    const typed = [
      'agent',
      '--data',
      join(folder, 'desk'),
      '--server',
      agentUrl(),
      '--pair',
      pairing,
      ...words.map(there),
    ];
    expect(await carryOut(typed, { env: {}, ...said, say: said.out }, COMMANDS)).toBe(code);
    expect(err?.join('\n')).toMatch(why);
    expect(out).toEqual([]);
    expect(property.rows('pairingCodes')).toEqual(codes);
    expect(paired()).toEqual([]);
  });
});

test('an agent without an encoder starts, and says what to plug in: at its terminal and on its page', async () => {
  property = await openProperty(template);
  const agent = keyrack(
    ['agent', '--server', agentUrl(), '--pair', await newCode(), '--page-port', '0'],
    {},
    keyrackFolder(),
  );
  const out = await agent.says('ready');
  const [, url = ''] = /page for the desk: (\S+)/.exec(out) ?? [];
  const page = await (await fetch(url)).text();
  expect(page).toContain('data-without="start-with-readers"');
  const texts = (await (
    await fetch(`${url}/texts-en.json`, { headers: { 'sec-fetch-site': 'same-origin' } })
  ).json()) as { noEncoders: Record<string, { text: string }> };
  expect(texts.noEncoders['start-with-readers']?.text).toContain('start it again with --pcsc');
  agent.child.kill('SIGTERM');
  expect((await agent.ended).err).toContain('start the agent with --pcsc');
});

describe('a folder that is paired', () => {
  test('is not paired again as another agent, which would leave a dead one; the code stays good', async () => {
    property = await openProperty(template);
    const cwd = keyrackFolder();
    await startsWith(['--server', agentUrl(), '--pair', await newCode()], cwd);
    const [first] = paired();
    const identity = readFileSync(join(cwd, 'data/agent/agent-identity.json'), 'utf8');

    const code = await newCode();
    const again = await keyrack(['agent', '--server', agentUrl(), '--pair', code], {}, cwd).ended;
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain(`--replaces ${first?.id}`);
    expect(again.err).toContain('--data');
    expect(paired()).toEqual([first]);
    expect(readFileSync(join(cwd, 'data/agent/agent-identity.json'), 'utf8')).toBe(identity);
    // Without the code it goes on as the agent that it was, and another folder may have the code.
    await startsWith([], cwd);
    await startsWith(['--server', agentUrl(), '--pair', code, '--data', 'another'], cwd);
    expect(paired()).toHaveLength(2);
  });

  test('is paired anew as the same agent, with a code that replaces it', async () => {
    property = await openProperty(template);
    const cwd = keyrackFolder();
    await startsWith(['--server', agentUrl(), '--pair', await newCode()], cwd);
    const [first] = paired();
    const code = await newCode(first?.id);
    const { out } = await startsWith(['--server', agentUrl(), '--pair', code], cwd);
    expect(out).toContain(`as agent ${first?.id}`);
    const [anew, ...more] = paired();
    expect(more).toEqual([]);
    expect(anew?.id).toBe(first?.id);
    expect(anew?.publicKey).not.toBe(first?.publicKey);
  });

  test('is not paired with a code that replaces another one', async () => {
    property = await openProperty(template);
    const cwd = keyrackFolder();
    for (const data of ['first', 'second'])
      await startsWith(['--server', agentUrl(), '--pair', await newCode(), '--data', data], cwd);
    const agents = paired();
    const idOf = (data: string) => JSON.parse(readFileSync(join(cwd, data, 'agent-identity.json'), 'utf8')).agent;
    const code = await newCode(idOf('second'));
    const again = await keyrack(['agent', '--server', agentUrl(), '--pair', code, '--data', 'first'], {}, cwd).ended;
    expect(again.err).toContain(`--replaces ${idOf('first')}`);
    expect(paired()).toEqual(agents);
  });

  test('whose identity is damaged is paired anew with a code that replaces its agent, as the message says', async () => {
    property = await openProperty(template);
    const cwd = keyrackFolder();
    await startsWith(['--server', agentUrl(), '--pair', await newCode()], cwd);
    const [first] = paired();
    writeFileSync(join(cwd, 'data/agent/agent-identity.json'), '{}', { mode: 0o600 });
    const damaged = await keyrack(['agent', '--server', agentUrl()], {}, cwd).ended;
    expect(damaged.err).toContain('--replaces ID');
    await startsWith(['--server', agentUrl(), '--pair', await newCode(first?.id)], cwd);
    expect(paired().map(({ id }) => id)).toEqual([first?.id]);
  });
});

describe('`keyrack agent pair`', () => {
  test('pairs a folder and ends, for an agent that something else starts', async () => {
    property = await openProperty(template);
    const cwd = keyrackFolder();
    const pairing = await keyrack(['agent', 'pair', await newCode(), '--server', agentUrl()], {}, cwd).ended;
    const [agent] = paired();
    expect(pairing).toMatchObject({ code: 0, err: '' });
    expect(pairing.out).toContain(`as agent ${agent?.id}`);
    await startsWith([], cwd);
  });

  test('asks a person for the server and the code, and nobody else', async () => {
    property = await openProperty(template);
    const data = join(keyrackFolder(), 'desk');
    const typed = ['agent', 'pair', '--data', data];
    const nobody = await typeCommand(typed);
    expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('--server') });
    expect(await typeCommand([...typed, '--server', agentUrl()])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Which code?'),
    });
    const answers = [agentUrl(), ` ${await newCode()} `];
    const ask = async () => answers.shift() ?? '';
    expect(await typeCommand(typed, {}, { person: { ask, askHidden: ask } })).toMatchObject({ code: 0, err: '' });
    expect(paired()).toHaveLength(1);
  });
});
