import type { Chance } from '../../faults/chance.ts';
import { expectAnswer } from '../connections/expect-answer.ts';
import { isWholeRequest, listenerTarget, type OutsideOptions, type Sent } from '../connections/listener-target.ts';
import { LOCAL_PATIENCE } from '../connections/patience.ts';
import { mutateBytes, mutateText, mutateValue } from '../mutate.ts';
import type { Target } from '../target.ts';
import { SENT } from './desk-page.ts';

const PARTS = ['/', '/main.js', '/page.css', '/icon.svg', '/live', '/sign-in', '/nowhere', '/__proto__', '/%2e%2e/x'];

/** What browsers say of a request that another site began, or a name that was pointed here. */
const FOREIGN = [
  ['Origin: http://evil.example'],
  ['Origin: null', 'Sec-Fetch-Site: cross-site'],
  ['Sec-Fetch-Site: same-site'],
  ['Origin: http://127.0.0.1:1', 'Sec-Fetch-Site: same-site'],
] as const;

/** The page for the person at the desk: its parts, its stream of states and its actions, also from other sites. */
export function deskListener(options: OutsideOptions): Target {
  const { pool, programs } = options;
  const { agent } = programs;
  let known: { readonly port: number; readonly token: string } | null = null;
  const port = async () => {
    const { pagePort } = await agent.whenReady();
    // A new process has a new token, which its page knows.
    if (known?.port !== pagePort) known = { port: pagePort, token: await tokenOf(pagePort) };
    return pagePort;
  };
  const make = (chance: Chance): Sent => {
    const isAction = chance.one(0.45);
    const [path, valid] = isAction ? chance.of(SENT) : [chance.of(PARTS), null];
    const body = isAction ? JSON.stringify(chance.one(0.7) ? mutateValue(chance, pool, valid) : valid) : '';
    const isForeign = chance.one(0.25);
    const isRebound = chance.one(0.1);
    const host = `127.0.0.1:${known?.port}`;
    const lines = [
      `${isAction ? 'POST' : 'GET'} ${path} HTTP/1.1`,
      `Host: ${isRebound ? chance.of(['evil.example', `evil.example:${known?.port}`, `127.0.0.1.evil.example`, '127.0.0.1']) : host}`,
      ...(isForeign ? chance.of(FOREIGN) : isAction ? [`Origin: http://${host}`, 'Sec-Fetch-Site: same-origin'] : []),
      ...(isAction || path === '/live' ? [`x-keyrack-page: ${chance.one(0.8) ? known?.token : 'A'.repeat(43)}`] : []),
      ...(isAction ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`] : []),
      ...(chance.one(0.1) ? ['Cookie: keyrack-language=zh; keyrack-language=xx', 'Accept-Language: zh;q=x'] : []),
    ];
    const isChanged = chance.one(0.15);
    const head = isChanged ? lines.map((line) => mutateText(chance, pool, line, lines)) : lines;
    const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
    const isBroken = chance.one(0.05);
    const changed = isBroken ? mutateBytes(chance, pool, bytes) : bytes;
    // Anybody may open the document itself, by a link too; nobody else's name may lead there.
    const mayBeServed = isChanged || isBroken || (!isRebound && (!isForeign || path === '/'));
    return {
      bytes: changed,
      // A stream of states never ends by itself.
      isWhole: isWholeRequest(changed),
      judge: (text) => (!mayBeServed && /^HTTP\/1\.1 2/.test(text) ? 'another site was served' : null),
    };
  };
  return listenerTarget(options, {
    name: 'desk listener',
    lanes: 8,
    // Who signs in again and again waits for the agent's share of the server, or is told that it takes too long.
    slowMs: 15_000,
    listener: { port, limits: LOCAL_PATIENCE, mostHeld: 12 },
    make,
    check: async () =>
      expectAnswer({ port: await port(), line: 'GET / HTTP/1.1', answer: 'name="keyrack-page"' }, options.patience),
  });
}

async function tokenOf(port: number): Promise<string> {
  const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
  const [, token] = /<meta name="keyrack-page" content="([^"]+)">/.exec(await page.text()) ?? [];
  if (token === undefined) throw new Error("the desk's page has no token");
  return token;
}
