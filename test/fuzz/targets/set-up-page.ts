import type { Chance } from '../../faults/chance.ts';
import { expectAnswer } from '../connections/expect-answer.ts';
import { isWholeRequest, listenerTarget, type OutsideOptions, type Sent } from '../connections/listener-target.ts';
import { HTTP_PATIENCE } from '../connections/patience.ts';
import { mutateBytes, mutateText } from '../mutate.ts';
import type { Target } from '../target.ts';

const ADDRESSES = ['/setup', '/setup?lang=zh', '/setup?lang=zh&lang[]=en&lang[__proto__]=1', '/', '/setup/', '//setup'];
const LANGUAGES = ['zh-CN,zh;q=0.9', 'en;q=-1,*;q=1e309', '*', 'de, en;q=;q=,', 'zh;q=0.8\x7f'];
const ORIGINS = ['http://evil.example', 'null', 'https://keyrack.example', ''];

/** The set-up page of an empty server, of whose token strangers know nothing; also with the token, and wrong values. */
export function setUpPage(options: OutsideOptions): Target {
  const { pool, programs } = options;
  const { empty, emptyPort } = programs;
  let token = '';
  const port = async () => {
    token = (await empty.whenReady()).setupToken ?? '';
    return emptyPort;
  };
  const form = (chance: Chance, shown: string): string => {
    const fields = new URLSearchParams({
      token: shown,
      propertyNumber: '1316879946',
      propertyName: 'Hôtel <Keyrack> & Söhne',
      timeZone: 'Europe/Berlin',
      administratorName: 'Zoë "Z" Müller',
      email: 'zoe@keyrack.example',
      password: 'a long password',
      // Never the same: a form that is right in all would set the server up, and end the page.
      passwordAgain: 'another password',
    }).toString();
    return chance.one(0.6) ? mutateText(chance, pool, fields, [fields]) : fields;
  };
  const make = (chance: Chance): Sent => {
    const isPost = chance.one(0.7);
    const body = isPost ? form(chance, chance.one(0.3) ? token : 'a'.repeat(43)) : '';
    const address = chance.one(0.7) ? ADDRESSES[0] : chance.of(ADDRESSES);
    const lines = [
      `${isPost ? 'POST' : 'GET'} ${address} HTTP/1.1`,
      `Host: ${chance.one(0.9) ? 'keyrack.example' : '"><script>alert(1)</script>'}`,
      ...(isPost
        ? ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${Buffer.byteLength(body)}`]
        : []),
      ...(chance.one(0.3) ? [`Accept-Language: ${chance.of(LANGUAGES)}`] : []),
      ...(chance.one(0.3) ? [`Origin: ${chance.of(ORIGINS)}`, 'Sec-Fetch-Site: cross-site'] : []),
    ];
    const head = chance.one(0.15) ? lines.map((line) => mutateText(chance, pool, line, lines)) : lines;
    const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
    const changed = chance.one(0.05) ? mutateBytes(chance, pool, bytes) : bytes;
    return {
      bytes: changed,
      isWhole: isWholeRequest(changed),
      judge: (text) => (/<script>alert|<Keyrack>/.test(text) ? 'markup came back' : null),
    };
  };
  return listenerTarget(options, {
    name: 'set-up page',
    lanes: 8,
    slowMs: 2_000,
    listener: { port, limits: HTTP_PATIENCE, mostHeld: 40 },
    make,
    // Were it set up by any of the inputs, this would be another answer.
    check: () =>
      expectAnswer({ port: emptyPort, line: 'GET /setup HTTP/1.1', answer: 'HTTP/1.1 200' }, options.patience),
  });
}
