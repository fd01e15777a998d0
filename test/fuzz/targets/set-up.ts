import type { Chance } from '../../faults/chance.ts';
import { expectAnswer } from '../connections/expect-answer.ts';
import { isWholeRequest, listenerTarget, type OutsideOptions, type Sent } from '../connections/listener-target.ts';
import { HTTP_PATIENCE } from '../connections/patience.ts';
import { mutateBytes, mutateText } from '../mutate.ts';
import type { Target } from '../target.ts';

const ADDRESSES = ['/v1/set-up', '/v1/set-up?token=a', '/v1//set-up', '/v1/set-up/', '/set-up'];
const ORIGINS = ['http://evil.example', 'null', 'https://keyrack.example', ''];

/** The set-up of an empty server, of whose token strangers know nothing; also with the token, and wrong values. */
export function setUp(options: OutsideOptions): Target {
  const { pool, programs } = options;
  const { empty, emptyPort } = programs;
  let token = '';
  const port = async () => {
    token = (await empty.whenReady()).setUpToken ?? '';
    return emptyPort;
  };
  const form = (chance: Chance, shown: string): string => {
    const fields = JSON.stringify({
      token: shown,
      // Too short: what is right in all would set the server up, and end the set-up.
      owner: { name: 'Zoë "Z" Müller', email: 'zoe@keyrack.example', password: 'short' },
      property: { number: '1316879946', name: 'Hôtel <Keyrack> & Söhne', timeZone: 'Europe/Berlin' },
    });
    return chance.one(0.6) ? mutateText(chance, pool, fields, [fields]) : fields;
  };
  const make = (chance: Chance): Sent => {
    const isPost = chance.one(0.7);
    const body = isPost ? form(chance, chance.one(0.3) ? token : 'a'.repeat(43)) : '';
    const address = chance.one(0.7) ? ADDRESSES[0] : chance.of(ADDRESSES);
    const lines = [
      `${isPost ? 'POST' : 'GET'} ${address} HTTP/1.1`,
      `Host: ${chance.one(0.9) ? 'keyrack.example' : '"><script>alert(1)</script>'}`,
      ...(isPost ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`] : []),
      ...(chance.one(0.3) ? ['Keyrack-Session: cookie'] : []),
      ...(chance.one(0.3) ? [`Origin: ${chance.of(ORIGINS)}`, 'Sec-Fetch-Site: cross-site'] : []),
    ];
    const head = chance.one(0.15) ? lines.map((line) => mutateText(chance, pool, line, lines)) : lines;
    const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
    const changed = chance.one(0.05) ? mutateBytes(chance, pool, bytes) : bytes;
    return { bytes: changed, isWhole: isWholeRequest(changed) };
  };
  return listenerTarget(options, {
    name: 'set-up',
    lanes: 8,
    slowMs: 2_000,
    listener: { port, limits: HTTP_PATIENCE, mostHeld: 40 },
    make,
    // Were it set up by any of the inputs, this would be another answer.
    check: () =>
      expectAnswer({ port: emptyPort, line: 'GET /v1/set-up HTTP/1.1', answer: 'HTTP/1.1 200' }, options.patience),
  });
}
