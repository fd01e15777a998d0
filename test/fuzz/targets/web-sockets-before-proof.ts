import type { Chance } from '../../faults/chance.ts';
import { expectAnswer } from '../connections/expect-answer.ts';
import { frame, OPCODE, UPGRADE, UPGRADE_LINES } from '../connections/frames.ts';
import { listenerTarget, type OutsideOptions, type Sent } from '../connections/listener-target.ts';
import { makeFrames } from '../connections/make-frames.ts';
import { UNPROVED_PATIENCE } from '../connections/patience.ts';
import { mutateText, type Pool } from '../mutate.ts';
import type { Target } from '../target.ts';

const JOURNAL = '0f0e0d0c-0b0a-4908-8706-050403020100';

/** What an agent says first, with proofs that are none. */
const TEXTS: readonly string[] = [
  JSON.stringify({
    type: 'hello',
    protocol: 1,
    agent: '01900000-0000-7000-8000-000000000001',
    proof: { by: 'token', token: 'A'.repeat(43) },
    instance: JOURNAL,
    software: 'fuzz',
    journal: { id: JOURNAL, head: { number: 0, hash: '0'.repeat(64) } },
    acknowledged: null,
    encoders: [{ mac: '7C778A6C7D9C', name: 'x', forSignedIn: false }],
  }),
  JSON.stringify({
    type: 'hello',
    protocol: 2,
    agent: '01900000-0000-7000-8000-000000000002',
    proof: { by: 'key', signature: 'A'.repeat(86) },
    instance: JOURNAL,
    software: 'fuzz',
    journal: { id: JOURNAL, head: { number: 9, hash: 'f'.repeat(64) } },
    acknowledged: { number: 9, hash: 'f'.repeat(64) },
    encoders: [],
  }),
  JSON.stringify({ type: 'pair', protocol: 1, code: 'ABCD2345', publicKey: 'A'.repeat(43), name: 'Zoë' }),
  '{"type":"ping"}',
  '{"type":"catch-up","records":[],"inProgress":[]}',
];

/** Whole requests for a WebSocket that are odd: other versions, keys, extensions and paths. */
const ODD_LINES = [
  'Sec-WebSocket-Version: 8',
  'Sec-WebSocket-Key: short',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99',
  'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover',
  'Sec-WebSocket-Protocol: a, b, ,',
  'Upgrade: h2c',
  'Connection: close',
  'Content-Length: 5',
  'Transfer-Encoding: chunked',
  'Origin: http://evil.example',
];
const PATHS = ['/agent', '/agent?x=1', '/x', '//agent', '/agent/', 'http://a/agent', '*'];

/** In which share of inputs somebody sends as much of one message as is taken, and stays. */
const HOARDS = 0.015;
const LONGEST = 16 * 1024 * 1024;
/** The request for a WebSocket, and half of such a message. Made once: copies would be this process's own burden. */
const HOARD = Buffer.concat([UPGRADE, frame(OPCODE.text, Buffer.alloc(LONGEST / 2, ' '), { length: BigInt(LONGEST) })]);

/** WebSockets of who hasn't proved anything: the request for one, and frames behind it. */
export function webSocketsBeforeProof(options: OutsideOptions): Target {
  const { pool, programs } = options;
  const { server, serverPort } = programs;
  const judge = (text: string) =>
    /"type":"(?:cursor|welcome|paired|keys)"/.test(text) ? 'who proved nothing was let in' : null;
  const make = (chance: Chance): Sent => {
    if (chance.one(HOARDS)) return { ...hoard(chance), judge };
    const count = chance.one(0.1) ? chance.whole(2, 30) : chance.whole(0, 2);
    const frames = Array.from({ length: count }, () => {
      const text = chance.one(0.4) ? chance.of(TEXTS) : mutateText(chance, pool, chance.of(TEXTS), TEXTS);
      return makeFrames(chance, pool, text);
    });
    const bytes = Buffer.concat([chance.one(0.75) ? UPGRADE : oddUpgrade(chance, pool), ...frames]);
    return { bytes, isWhole: false, judge };
  };
  return listenerTarget(options, {
    name: 'web sockets before proof',
    lanes: 16,
    slowMs: 2_000,
    listener: {
      port: async () => {
        await server.whenReady();
        return serverPort;
      },
      limits: UNPROVED_PATIENCE,
      mostHeld: 250,
    },
    make,
    check: () =>
      expectAnswer({ port: serverPort, line: 'GET /healthz HTTP/1.1', answer: '{"alive":true}' }, options.patience),
  });
}

function hoard(chance: Chance): Sent {
  const bytes = HOARD.subarray(0, chance.whole(LONGEST / 4, HOARD.length));
  return { bytes, isWhole: false, manner: { how: 'stopped', at: 1 } };
}

function oddUpgrade(chance: Chance, pool: Pool): Buffer {
  const [, ...rest] = UPGRADE_LINES;
  const lines = [`GET ${chance.of(PATHS)} HTTP/1.1`, ...rest];
  for (let i = chance.whole(0, 2); i > 0; i -= 1) lines.splice(chance.whole(1, lines.length), 0, chance.of(ODD_LINES));
  const changed = chance.one(0.4) ? lines.map((line) => mutateText(chance, pool, line, lines)) : lines;
  return Buffer.from(`${changed.join('\r\n')}\r\n\r\n`, 'latin1');
}
