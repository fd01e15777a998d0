import type { Chance } from '../../faults/chance.ts';
import { expectAnswer } from '../connections/expect-answer.ts';
import { isWholeRequest, listenerTarget, type OutsideOptions, type Sent } from '../connections/listener-target.ts';
import { LOCAL_PATIENCE } from '../connections/patience.ts';
import { mutateBytes, mutateText, mutateValue } from '../mutate.ts';
import type { Target } from '../target.ts';

const ROOM = { buildingNo: '001', floorNo: '001', roomNo: 'R007' };
const UUID = '01900000-0000-7000-8000-000000000001';

/** What each command takes. None of them takes away what right requests need. */
function commandsOf(property: string): readonly (readonly [command: string, input: unknown])[] {
  return [
    ['agents-list', { property }],
    ['agents-pair', { property, replaces: null }],
    ['agents-revoke', { property, agent: UUID }],
    ['cards-retire', { property, serial: '04A1B2' }],
    ['cards-records', { property, room: ROOM, from: '2026-08-01', until: '2026-08-30', kinds: ['issued', 'read'] }],
    ['locks-export', { property, room: ROOM, recipient: 'A'.repeat(43) }],
    ['keys-rotate', { property: 'nowhere' }],
    ['import-account', { property, sid: '2'.repeat(32), token: 'a token of a fuzz'.replaceAll(' ', '-'), name: 'Zoë' }],
    [
      'import-rooms',
      {
        property,
        rooms: {
          builders: [
            {
              builderNum: '009',
              builderName: 'New',
              floors: [{ floorNum: '1', floorName: 'First', rooms: [{ num: 'X1', name: 'X1', locktype: 'QRLOCK' }] }],
            },
          ],
        },
      },
    ],
    [
      'import-member',
      {
        property,
        name: 'New',
        areaCode: '49',
        mobile: '1710000000',
        email: null,
        passwordMd5: '0'.repeat(32),
        issuingPermission: true,
      },
    ],
  ];
}

/** Commands of the operator, with the right token, with wrong ones and without, in JSON and in what resembles it. */
export function operator(options: OutsideOptions): Target {
  const { pool, programs } = options;
  const { server, world } = programs;
  const property = world.hotel.property.number;
  const commands = commandsOf(property);
  let token = '';
  const address = async () => {
    const { operator: found } = await server.whenReady();
    ({ token } = found);
    return found.port;
  };
  const make = (chance: Chance): Sent => {
    const [command, input] = chance.of(commands);
    const authorized = chance.one(0.7);
    const shown = authorized
      ? token
      : chance.of(['', token.slice(1), `${token}A`, 'A'.repeat(43), chance.of(pool.texts)]);
    const value = chance.one(0.5) ? mutateValue(chance, pool, input) : input;
    let body = JSON.stringify(value) ?? '';
    if (chance.one(0.2)) body = mutateText(chance, pool, body, [body, '{}', '[]']);
    // As long as the rooms of a large property, now and then.
    if (chance.one(0.005)) body = `{"property":"${'A'.repeat(chance.whole(100_000, 5_000_000))}"}`;
    let head = [
      `POST /${command} HTTP/1.1`,
      'Host: 127.0.0.1',
      `Authorization: Bearer ${Buffer.from(shown, 'utf8')
        .toString('latin1')
        .replaceAll(/[\r\n]/g, '')}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    const isChanged = chance.one(0.15);
    if (isChanged) head = head.map((line) => (chance.one(0.4) ? mutateText(chance, pool, line, head) : line));
    const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
    const changed = chance.one(0.05) ? mutateBytes(chance, pool, bytes) : bytes;
    const isRight = token !== '' && Buffer.from(changed).toString('latin1').includes(token);
    return {
      bytes: changed,
      isWhole: isWholeRequest(changed),
      judge: (text) =>
        !isRight && text.startsWith('HTTP/1.1 200') ? 'a command without the token was carried out' : null,
    };
  };
  return listenerTarget(options, {
    name: 'operator',
    lanes: 6,
    slowMs: 2_000,
    listener: { port: address, limits: LOCAL_PATIENCE, mostHeld: 12 },
    make,
    async check() {
      const port = await address();
      const headers = [`Authorization: Bearer ${token}`, 'Content-Type: application/json'];
      const right = {
        port,
        line: 'POST /agents-list HTTP/1.1',
        headers,
        body: JSON.stringify({ property }),
        answer: '"result"',
      };
      await expectAnswer(right, options.patience);
    },
  });
}
