import { folderDisk, journalFolder, systemRandomness, webSocketTransport } from '@keyrack/agent';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { expectAgreement } from '../world/agreement.ts';
import {
  diskPoints,
  type Pass,
  type ServerPoint,
  storePoints,
  transportPoints,
  writePoints,
} from '../world/named-points.ts';
import { startTcpProxy, type TcpProxy } from '../world/tcp-proxy.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/**
 * An issue and a cancel, with the line between agent and server broken between any two of their steps while both live.
 * Both find each other again and bring it to its end: the card is written once, and database, audit log, journal and
 * plastic say the same. For sides that die there see kill-points.test.ts.
 */

vi.setConfig({ testTimeout: 30_000 });

const SUCCEEDED = /^\{"status":200,"info":"success"/;

/** How long a pulled cable stays out. Milliseconds. */
const OUT_MS = 150;

/** What befalls the line, and whether that is the end of the connection. */
const BREAKS = {
  'is cut': { befalls: (proxy: TcpProxy) => proxy.cut(), ends: true },
  'is silent for a while, and what was sent comes late': {
    befalls: (proxy: TcpProxy) => proxy.stall(OUT_MS, 'both'),
    ends: false,
  },
  'is silent for a while, and broken then': {
    befalls: (proxy: TcpProxy) => {
      proxy.stall(OUT_MS, 'both');
      setTimeout(proxy.cut, OUT_MS);
    },
    ends: true,
  },
} as const;

/** A card that is issued and cancelled, and issued again. */
const SERIAL = serialOf('8F42E9D3');
const COMMANDS = [
  { name: 'makeRoomCard', accept: 'acceptIssue', fields: {} },
  { name: 'cancelCard', accept: 'acceptCancel', fields: { serialNum: SERIAL } },
] as const;
type Command = (typeof COMMANDS)[number];

/** Names of the server's points are checked: a transaction that is renamed takes its points along. */
type CutPoint = `server: ${ServerPoint}` | 'server: after accept' | 'server: sent accept' | `agent: ${string}`;

/** In the order in which they are passed. `accept` stands for the command's own transaction. */
const POINTS: readonly CutPoint[] = [
  'server: after accept',
  'server: sent accept',
  'agent: received prompt',
  'agent: sent open',
  'server: before openCard',
  'server: after openCard',
  'server: sent openCard',
  'agent: received keys',
  'agent: sent present',
  'server: before grantWrite',
  'server: after grantWrite',
  'server: sent grantWrite',
  'agent: received grant',
  'agent: journal before write',
  'agent: journal appended write',
  'agent: journal synced write',
  'agent: block before 1',
  'agent: block after 1',
  'agent: block after 2',
  'agent: block after 3',
  'agent: block after 4',
  'agent: journal before result',
  'agent: journal appended result',
  'agent: journal synced result',
  'agent: sent report',
  'server: before report',
  'server: after report',
  'server: sent report',
  'agent: received acknowledge',
];

/** Of the connection that follows on one that broke while the card was written. */
const RECONNECT_POINTS: readonly CutPoint[] = [
  'agent: sent hello',
  'server: before startSession',
  'server: after startSession',
  'server: sent startSession',
  'agent: received cursor',
  'agent: sent catch-up',
  'server: before catchUp',
  'server: after catchUp',
  'server: sent catchUp',
  'agent: received welcome',
];

type Break = keyof typeof BREAKS;

type BreakableProperty = Awaited<ReturnType<typeof openBreakable>>;

/** A property whose line breaks when it is told to. */
async function openBreakable(template: Template) {
  let left: string[] = [];
  let how: Break = 'is cut';
  /** How many connections of the agent came so far that they may work, and which one of them is waited for. */
  let welcomes = 0;
  let wanted = 1;
  const passing =
    (side: 'agent' | 'server'): Pass =>
    (passed) => {
      if (passed === 'received welcome') welcomes += 1;
      if (`${side}: ${passed}` !== left[0]) return;
      left.shift();
      const { befalls, ends } = BREAKS[how];
      befalls(line);
      if (ends) wanted = welcomes + 1;
    };
  let onWrite = writePoints(passing('agent'));

  const property = await openProperty(template, {
    cardWaitSeconds: 20,
    answerWaitSeconds: 25,
    parts: { wrapStore: (store) => storePoints(store, passing('server')) },
  });
  const line = await startTcpProxy(Number(new URL(property.url).port));
  const desk = await property.openDesk({
    address: `ws://127.0.0.1:${line.port}/agent`,
    onWrite: (moment) => onWrite(moment),
    parts: {
      transport: transportPoints(webSocketTransport, passing('agent')),
      disk: diskPoints(await folderDisk(journalFolder(property.folders.agent)), passing('agent')),
      // Connects again at once, however often the line broke.
      random: { ...systemRandomness, fraction: () => 0 },
    },
  });
  desk.cards.place(SERIAL, { encoder: PUBLISHED.encoder });

  const latest = () => property.rows('operations').at(-1);
  return {
    written: () => desk.use.writes,
    /** Sends the command, and resolves with the answer when the line has broken at each of the points in turn. */
    async send({ name, accept, fields }: Command, brokenHow: Break, at: readonly string[]): Promise<string> {
      await until('the agent is back', () => welcomes >= wanted);
      how = brokenHow;
      left = at.map((point) => point.replace('accept', accept));
      onWrite = writePoints(passing('agent'));
      const { body } = await property.command(name, fields);
      await until('the line has broken at each point', () => left.length === 0);
      return body;
    },
    /** Fails the test unless the card holds what it should, and everything tells the same of all that happened. */
    async expectDone(): Promise<void> {
      expect(latest()).toMatchObject({ state: 'succeeded', serial: SERIAL });
      expect(desk.contentOf(SERIAL)).toBe(latest()?.grant?.target);
      const { agent } = property.hotel.desk;
      await expectAgreement({ rows: property.rows, agent, agentFolder: desk.folder, contentOf: desk.contentOf });
    },
    operations: () => property.rows('operations').length,
    async close() {
      await property.close();
      await line.close();
    },
  };
}

let template: Template;
beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());

/** One property for all tests of a group. */
function ofTheGroup(): { readonly property: BreakableProperty } {
  let property: BreakableProperty | undefined;
  beforeAll(async () => {
    property = await openBreakable(template);
  });
  afterAll(() => property?.close());
  return {
    get property() {
      if (property === undefined) throw new Error('the property is not open');
      return property;
    },
  };
}

/** Issues the card and cancels it again, each with the line breaking there. */
async function issueAndCancel(property: BreakableProperty, how: Break, at: readonly string[]): Promise<void> {
  for (const command of COMMANDS) {
    const [operations, written] = [property.operations(), property.written()];
    expect(await property.send(command, how, at), command.name).toMatch(SUCCEEDED);
    expect(property.operations() - operations, 'one request leads to one operation').toBe(1);
    expect(property.written() - written, 'every block was written once').toBe(4);
    await property.expectDone();
  }
}

describe.each(Object.keys(BREAKS) as Break[])('a line that %s at', (how) => {
  const group = ofTheGroup();
  test.each(POINTS)('%s of an issue and a cancel leaves nobody in doubt', (point) =>
    issueAndCancel(group.property, how, [point]),
  );
});

describe('a line that is cut', () => {
  const group = ofTheGroup();
  test.each(RECONNECT_POINTS)('in the middle of the write, and again at %s, leaves nobody in doubt', (point) =>
    issueAndCancel(group.property, 'is cut', ['agent: block after 1', point]),
  );

  test('before a command is accepted has it carried out, or refused since the encoder is offline', async () => {
    const { property } = group;
    for (const command of COMMANDS) {
      const written = property.written();
      const told = await property.send(command, 'is cut', ['server: before accept']);
      if (!SUCCEEDED.test(told)) {
        expect(told).toContain('The encoder is not connected');
        expect(property.written()).toBe(written);
        expect(await property.send(command, 'is cut', [])).toMatch(SUCCEEDED);
      }
      await property.expectDone();
    }
  });
});
