import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { diskCardBox, preparedCard } from '@keyrack/agent';
import {
  type AgentId,
  agentId,
  BLANK,
  type EncoderInfo,
  type JournalId,
  journalId,
  mac,
  serial,
} from '@keyrack/protocol';
import { newAgent, newEncoder } from '@keyrack/server/domain/places.ts';
import { openSqliteStore } from '@keyrack/server/store/index.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import { type Hotel, makeTemplate } from '../../world/template.ts';

/** An agent and what it proves that with. */
export interface Identity {
  readonly agent: AgentId;
  readonly token: string;
  /** Of the journal that it has, as long as it doesn't say that it has lost it. */
  readonly journal: JournalId;
}

/** The desk of another property of the same server, where all is right: what it asks for must be answered. */
export interface RightDesk extends Identity {
  readonly folder: string;
  readonly encoders: readonly EncoderInfo[];
  readonly propertyNumber: string;
  readonly member: { readonly areaCode: string; readonly mobile: string };
  /** They greet the server again and again, beside the desk's own agent. */
  readonly greeters: readonly Identity[];
}

/** Folders of a server, its agents and an empty server, made before any of them starts. */
export interface World {
  readonly hotel: Hotel;
  readonly masterKey: string;
  readonly serverFolder: string;
  readonly emptyFolder: string;
  readonly agentFolder: string;
  /** Agents of the demonstration's property whose tokens are known to who feeds the server. */
  readonly hostile: readonly Identity[];
  readonly rightDesk: RightDesk;
}

/** An agent that says what it shouldn't is suspended, and the next one goes on. */
const HOSTILE_AGENTS = 300;
/** So many that none greets again while its last greeting is still waited for. */
const GREETERS = 30;
const RIGHT_ENCODER: EncoderInfo = { mac: mac.parse('7C02RIGHT001'), name: 'Right desk', forSignedIn: false };
const RIGHT_MEMBER = { areaCode: '41', mobile: '790000001' } as const;
const RIGHT_CARD = serial.parse('0418D59198CC87');

/** Makes everything in `folder`: the demonstration, hostile agents, and a right desk in another property. */
export async function makeWorld(folder: string): Promise<World> {
  const template = await makeTemplate();
  const { server: serverFolder, agent: agentFolder } = template.copyTo(folder);
  template.remove();
  const { hotel } = template;
  const propertyId = hotel.otherProperty.id;
  const desk = newIdentity();
  const greeters = Array.from({ length: GREETERS }, newIdentity);
  const hostile = Array.from({ length: HOSTILE_AGENTS }, newIdentity);
  const rows: TableRow[] = [
    // The same account as the requests that are made up: what those do to it mustn't be felt by who is right.
    { table: 'accountProperties', row: { propertyId, accountSid: hotel.account.sid } },
    { table: 'members', row: { ...hotel.member, ...RIGHT_MEMBER, propertyId, id: randomUUID(), email: null } },
    {
      table: 'encoders',
      row: newEncoder({ ...RIGHT_ENCODER, propertyId, id: 1, agentId: desk.agent }),
    },
    agentRow(propertyId, desk, 'Right desk'),
    ...greeters.map((each, i) => agentRow(propertyId, each, `Greeter ${i + 1}`)),
    ...hostile.map((each, i) => agentRow(hotel.property.id, each, `Hostile ${i + 1}`)),
  ];
  const store = await openSqliteStore<Transactions>({
    file: join(serverFolder, 'keyrack.db'),
    transactions: new URL(import.meta.resolve('@keyrack/server/transactions/index.ts')),
  });
  await store.run('putRows', { rows, onlyIfEmpty: false });
  await store.close();

  const rightFolder = join(folder, 'right-desk');
  diskCardBox(join(rightFolder, 'cards')).keep({
    ...preparedCard(RIGHT_CARD, 'ntag-213', BLANK),
    lyingOn: RIGHT_ENCODER.mac,
  });
  return {
    hotel,
    masterKey: template.masterKey,
    serverFolder,
    emptyFolder: join(folder, 'empty'),
    agentFolder,
    hostile,
    rightDesk: {
      ...desk,
      folder: rightFolder,
      encoders: [RIGHT_ENCODER],
      propertyNumber: hotel.otherProperty.number,
      member: RIGHT_MEMBER,
      greeters,
    },
  };
}

function newIdentity(): Identity {
  const token = randomBytes(32).toString('base64url');
  return { agent: agentId.parse(randomUUID()), token, journal: journalId.parse(randomUUID()) };
}

function agentRow(propertyId: string, { agent, token }: Identity, name: string): TableRow {
  return {
    table: 'agents',
    row: newAgent({ propertyId, id: agent, name, tokenHash: createHash('sha256').update(token).digest('hex') }),
  };
}
