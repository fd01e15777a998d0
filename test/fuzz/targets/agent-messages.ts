import { randomUUID } from 'node:crypto';
import {
  AGENT_PROTOCOL,
  type AgentMessage,
  BLANK,
  type JournalRecord,
  journalStart,
  nextRecord,
  type ServerMessage,
  serverMessage,
  unfinishedOf,
  unusableReason,
} from '@keyrack/protocol';
import { demoWorld } from '@keyrack/server/demo/demo-world.ts';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import type { AgentSession } from '@keyrack/server/dispatch/agent-session.ts';
import { createDispatcher } from '@keyrack/server/dispatch/dispatcher.ts';
import { queries } from '@keyrack/server/queries/index.ts';
import { createCredentials } from '@keyrack/server/runtime/credentials.ts';
import { createOutcomes } from '@keyrack/server/runtime/outcomes.ts';
import { createPairingLimit } from '@keyrack/server/runtime/pairing-limit.ts';
import type { Passwords } from '@keyrack/server/runtime/password.ts';
import { createRunner, type Read, type Run } from '@keyrack/server/runtime/runner.ts';
import { createSealer, PURPOSE } from '@keyrack/server/runtime/sealed-secret.ts';
import { createMemoryStore } from '@keyrack/server/store/memory/memory-store.ts';
import { transactions } from '@keyrack/server/transactions/index.ts';
import type { Chance } from '../../faults/chance.ts';
import { mutateText, mutateValue, type Pool } from '../mutate.ts';
import type { Target } from '../target.ts';

/** One agent says more here than a front desk in a year: its share of the database never ends. */
const TIRELESS = { burst: Number.MAX_SAFE_INTEGER } as const;

/** After this many messages the whole server is made anew, so that what it keeps doesn't grow with the run. */
const WORLD_LIFE = 3_000;
const SERIALS = ['4567', '77E1A2C4', '0418D59198CC87', '8F42E9D3'] as const;

const clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: () => ({}),
  clearTimeout: () => {},
};
const quickPasswords: Passwords = { hash: async (md5) => md5, verify: async (hash, md5) => hash === md5 };

interface World {
  readonly run: Run;
  readonly read: Read;
  readonly propertyId: string;
  readonly agent: string;
  readonly token: string;
  readonly macs: readonly string[];
  /** Errors that the server wrote to its log. */
  readonly errors: string[];
  connect(said: (message: ServerMessage) => void, closed: () => void): AgentSession;
  accept(chance: Chance): Promise<void>;
}

/** The server's side of the agents' connections, with all transactions, over a store in memory. */
async function makeWorld(): Promise<World> {
  const sealer = createSealer([{ version: 1, key: new Uint8Array(32) }]);
  const { rows, desk } = await demoWorld({ sealer, passwords: quickPasswords, now: Date.now(), newId: randomUUID });
  const store = createMemoryStore(transactions, queries);
  const errors: string[] = [];
  let connections = 0;
  /** A source of its own, which hasn't guessed too many pairing codes. */
  const nextAddress = () => {
    connections += 1;
    return `10.${(connections >> 16) & 255}.${(connections >> 8) & 255}.${connections & 255}`;
  };
  const outcomes = createOutcomes((error) => void errors.push(`a listener of outcomes: ${String(error)}`));
  const run = createRunner(store, outcomes);
  await run('putRows', { rows, onlyIfEmpty: true });
  const dispatcher = createDispatcher({
    run,
    read: store.read,
    outcomes,
    credentials: createCredentials({ read: store.read, clock, passwords: quickPasswords, atOnce: 2 }),
    clock,
    quotas: TIRELESS,
    signInIdleMs: 3_600_000,
    newId: randomUUID,
    limitPairing: createPairingLimit(clock.monotonic),
    newChallenge: () => 'c'.repeat(43),
    unsealCardKey: ({ sealed }) => sealer.open(sealed, PURPOSE.propertyCardKey),
    log: {
      step: () => {},
      error: (step, error) => void errors.push(`${step}: ${error instanceof Error ? error.stack : String(error)}`),
    },
    failures: {
      note(_source, line, message) {
        if ('err' in line) errors.push(`${message}: ${line.err instanceof Error ? line.err.stack : String(line.err)}`);
      },
    },
  });
  const property = await store.read('findProperty', {
    accountSid: PUBLISHED.accountSid,
    number: PUBLISHED.propertyNumber,
  });
  if (property === null) throw new Error('the demonstration has no property');
  const creator = { by: 'mobile', areaCode: PUBLISHED.areaCode, mobile: PUBLISHED.mobile } as const;
  const member = await store.read('findMember', { propertyId: property.id, creator });
  if (member === null) throw new Error('the demonstration has no member');
  return {
    run,
    read: store.read,
    propertyId: property.id,
    agent: desk.agentId,
    token: desk.token,
    macs: desk.encoders.map(({ mac }) => mac),
    errors,
    connect: (said, closed) =>
      dispatcher.connect({
        protocol: AGENT_PROTOCOL,
        address: nextAddress(),
        proved: () => {},
        send: (text) => said(serverMessage.parse(JSON.parse(text))),
        close: closed,
      }),
    async accept(chance) {
      const now = Date.now();
      const common = {
        id: randomUUID() as AgentMessage['type'] & never,
        now,
        deadline: now + 60_000,
        idleMs: 3_600_000,
        propertyId: property.id,
        accountSid: PUBLISHED.accountSid,
        memberId: member.id,
        memberVersion: member.version,
        encoder: PUBLISHED.encoder,
        request: randomUUID(),
      };
      const result = chance.one(0.3)
        ? await run('acceptRead', { ...common, cardType: 4 })
        : await run('acceptCancel', { ...common, cardType: 4, serial: PUBLISHED.serial });
      if (result.verdict === 'accepted') await dispatcher.wake(result.operation);
    },
  };
}

/** What an honest agent knows in the middle of a conversation: enough to say the next right thing. */
interface Conversation {
  readonly session: AgentSession;
  over: boolean;
  state: 'challenged' | 'greeted' | 'welcomed';
  /** Up to where the server knows the journal. */
  position: number;
  prompt: Extract<ServerMessage, { type: 'prompt' }> | null;
  nonce: string | null;
  keys: boolean;
  grant: Extract<ServerMessage, { type: 'grant' }> | null;
}

/** Messages of agents, before and after hello: honest conversations, in which some messages are changed. */
export async function agentMessages(pool: Pool): Promise<Target> {
  let world = await makeWorld();
  let fed = 0;
  let journal = randomUUID() as string;
  let records: JournalRecord[] = [];
  let talk: Conversation | null = null;
  const corpus: string[] = [];

  const begin = (): Conversation => {
    const begun: { talk: Conversation | null } = { talk: null };
    const session = world.connect(
      (message) => begun.talk && hear(begun.talk, message),
      () => {
        if (begun.talk) begun.talk.over = true;
      },
    );
    begun.talk = {
      session,
      over: false,
      state: 'challenged',
      position: 0,
      prompt: null,
      nonce: null,
      keys: false,
      grant: null,
    };
    return begun.talk;
  };
  const hear = (to: Conversation, message: ServerMessage) => {
    if (message.type === 'cursor') {
      to.state = 'greeted';
      to.position = message.position.number;
    }
    if (message.type === 'welcome') to.state = 'welcomed';
    if (message.type === 'prompt') to.prompt = message;
    if (message.type === 'keys') to.keys = true;
    if (message.type === 'grant') to.grant = message;
    if (message.type === 'refuse' || message.type === 'recorded') to.prompt = null;
  };

  /** What an honest agent would say now. */
  const honest = (chance: Chance, to: Conversation): unknown => {
    const start = journalStart(journal as Parameters<typeof journalStart>[0]);
    const encoders = world.macs.map((mac, i) => ({ mac, name: `Encoder ${i}`, forSignedIn: i === 1 }));
    if (to.state === 'challenged') {
      const last = records.at(-1);
      return {
        type: 'hello',
        protocol: AGENT_PROTOCOL,
        agent: world.agent,
        proof: { by: 'token', token: world.token },
        instance: chance.one(0.5) ? randomUUID() : '0f0e0d0c-0b0a-4908-8706-050403020100',
        software: 'fuzz',
        journal: { id: journal, head: last === undefined ? start : { number: last.number, hash: last.hash } },
        acknowledged: chance.one(0.8) ? null : start,
        encoders,
      };
    }
    if (to.state === 'greeted') {
      // A long journal is told in parts, each of which may end in the middle of a write.
      const told = records.filter(({ number }) => number > to.position);
      const part = told.slice(0, chance.whole(1, 8));
      if (part.length > 0 && chance.one(0.3))
        return { type: 'records', records: part, unfinished: unfinishedOf(part, told), inProgress: [] };
      return { type: 'catch-up', records: told, inProgress: [], lifted: chance.one(0.3) ? [world.macs[0]] : [] };
    }
    if (to.grant !== null) {
      const { operation, nonce, serial, before, target } = to.grant;
      const position = records.at(-1) ?? start;
      const write = nextRecord(position, Date.now(), { type: 'write', operation, nonce, serial, before, target });
      const outcome = chance.of(['succeeded', 'rejected', 'damaged', 'unknown'] as const);
      const result = nextRecord(write, Date.now(), { type: 'result', operation, nonce, outcome });
      to.grant = null;
      to.prompt = null;
      if (chance.one(0.1)) return { type: 'not-written', nonce, operation, reason: 'not obeyed' };
      records = [...records, write, result];
      return { type: 'report', records: [write, result] };
    }
    if (to.keys && to.prompt !== null && to.nonce !== null) {
      to.keys = false;
      const { operation, serial } = to.prompt;
      const content = chance.one(0.6) ? BLANK : `keyed:${'01'.repeat(48)}`;
      return { type: 'present', nonce: to.nonce, operation, serial: serial ?? '4567', content };
    }
    if (to.prompt !== null) {
      to.nonce = randomUUID();
      const { operation, encoder, serial } = to.prompt;
      if (chance.one(0.1)) return { type: 'unusable', encoder, operation, reason: chance.of(unusableReason.options) };
      if (chance.one(0.05)) return { type: 'decline', operation };
      return { type: 'open', nonce: to.nonce, operation, encoder, serial: serial ?? '4567', chip: 'ntag-213' };
    }
    return chance.of<unknown>([
      { type: 'ping' },
      { type: 'activity' },
      { type: 'encoders', encoders },
      { type: 'sign-out', request: 1 },
      {
        type: 'sign-in',
        request: 2,
        areaCode: PUBLISHED.areaCode,
        mobile: PUBLISHED.mobile,
        email: '',
        password: PUBLISHED.passwordMd5,
      },
      {
        type: 'open',
        nonce: randomUUID(),
        operation: null,
        encoder: world.macs[0],
        serial: chance.of(SERIALS),
        chip: 'ntag-213',
      },
      { type: 'reading', nonce: to.nonce ?? randomUUID(), serial: chance.of(SERIALS), content: BLANK },
      { type: 'decline', operation: randomUUID() },
      { type: 'lifted', encoder: chance.of(world.macs) },
      { type: 'sandbox', request: chance.whole(0, 3), answer: { verdict: 'not-simulated' } },
      { type: 'ask-offer', request: chance.whole(0, 3), system: 'linux-x64' },
      { type: 'update-failed', version: '0.2.0', cause: 'crashed', why: 'It ended with code 1.' },
      { type: 'unusable', encoder: chance.of(world.macs), operation: randomUUID(), reason: null },
      { type: 'pair', protocol: AGENT_PROTOCOL, code: 'ABCDEFGH', publicKey: 'k'.repeat(43), name: 'PC' },
    ]);
  };

  const make = (chance: Chance, to: Conversation): string => {
    const message = honest(chance, to);
    const text = JSON.stringify(message);
    if (corpus.length < 400) corpus.push(text);
    else corpus[chance.whole(0, 399)] = text;
    // Mostly honest at the start, or nobody would ever get far.
    if (chance.one(to.state === 'welcomed' ? 0.55 : 0.75)) return text;
    if (chance.one(0.6)) return JSON.stringify(mutateValue(chance, pool, message)) ?? 'undefined';
    return mutateText(chance, pool, chance.one(0.5) ? text : chance.of(corpus), corpus);
  };

  return {
    name: 'agent messages',
    lanes: 1,
    where: 'within',
    slowMs: 1_000,
    next(chance) {
      if (talk === null || talk.over) talk = begin();
      const to = talk;
      const text = make(chance, to);
      const asks = chance.one(0.08);
      const leaves = chance.one(0.01);
      return {
        shown: text,
        async feed() {
          if (asks) await world.accept(chance);
          to.session.receive(text);
          await new Promise(setImmediate);
          if (leaves) {
            to.session.closed();
            to.over = true;
          }
          const [error] = world.errors.splice(0);
          fed += 1;
          if (fed % WORLD_LIFE === 0 || (await isSuspended(world))) {
            world = await makeWorld();
            journal = randomUUID();
            records = [];
            talk = null;
          }
          if (error !== undefined) throw new Error(`the session failed: ${error}`);
          return undefined;
        },
      };
    },
    close: async () => {},
  };
}

/** A changed chain of records rightly suspends the agent, and nothing more comes after that. */
async function isSuspended({ read, agent }: World): Promise<boolean> {
  const found = await read('findAgent', { agentId: agent as Parameters<typeof nextRecord>[2]['operation'] & never });
  return found?.state !== 'active';
}
