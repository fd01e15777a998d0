import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { diskCardBox, preparedCard, writeDoors } from '@keyrack/agent';
import { type AgentId, agentId, type CardKey, deriveCardKey, type Mac, mac, type Serial } from '@keyrack/protocol';
import { type DemoDesk, demoWorld } from '@keyrack/server/demo/demo-world.ts';
import { type Account, type Member, newAccount } from '@keyrack/server/domain/people.ts';
import type { Property } from '@keyrack/server/domain/places.ts';
import { argon2Passwords } from '@keyrack/server/runtime/password.ts';
import { createSealer, PURPOSE } from '@keyrack/server/runtime/sealed-secret.ts';
import { openSqliteStore } from '@keyrack/server/store/index.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import { v7 as uuidv7 } from 'uuid';
import { scratchFolder } from './scratch.ts';

/** An agent that the database knows, and what it proves that with. */
export interface AgentIdentity {
  readonly agent: AgentId;
  readonly token: string;
}

/** The hotel of all these tests: the demonstration's property, and what a second tenant and a second desk take. */
export interface Hotel {
  readonly property: Property;
  readonly account: Account;
  /** The member of the published request. */
  readonly member: Member;
  /** The one whose issuing permission is off. */
  readonly porter: Member;
  readonly otherAccount: { readonly account: Account; readonly token: string };
  readonly otherProperty: Property;
  readonly desk: DemoDesk & AgentIdentity;
  /** A second desk of the property: no encoder of it is known before its agent comes. */
  readonly lobby: AgentIdentity;
  /** Opens that card. */
  keyOf(serial: Serial): CardKey;
}

/** Data folders of server and agent before their first start: making them takes long, copying them doesn't. */
export interface Template {
  readonly hotel: Hotel;
  /** base64, as KEYRACK_MASTER_KEY wants it. */
  readonly masterKey: string;
  copyTo(folder: string, serverDisk?: string): { readonly server: string; readonly agent: string };
  remove(): void;
}

export const LOBBY_ENCODER: Mac = mac.parse('7C01LOBBY001');

/** `now`: the day on which the demonstration starts, in Unix milliseconds. */
export async function makeTemplate(now = Date.now()): Promise<Template> {
  const { path, remove } = scratchFolder();
  const server = join(path, 'server');
  const agent = join(path, 'agent');
  mkdirSync(server, { recursive: true });
  const key = new Uint8Array(randomBytes(32));
  const sealer = createSealer([{ version: 1, key }]);
  const { rows, desk } = await demoWorld({ sealer, passwords: argon2Passwords, now, newId: uuidv7 });
  const property = rowOf(rows, 'properties');
  const [member, porter] = rowsOf(rows, 'members');
  if (member === undefined || porter === undefined) throw new Error('the demonstration has lost a member');

  const otherAccount = newAccount({
    sid: '11111111222222223333333344444444',
    name: 'Another vendor',
    sealedToken: sealer.seal(Buffer.from(OTHER_TOKEN), PURPOSE.accountToken),
  });
  const otherProperty: Property = { ...property, id: uuidv7(), number: '2000000002', name: 'Another Hotel' };
  const lobby = { agent: agentId.parse(uuidv7()), token: randomBytes(32).toString('base64url') };
  const extra: TableRow[] = [
    { table: 'accounts', row: otherAccount },
    { table: 'properties', row: otherProperty },
    { table: 'accountProperties', row: { propertyId: otherProperty.id, accountSid: otherAccount.sid } },
    {
      table: 'agents',
      row: {
        ...rowOf(rows, 'agents'),
        id: lobby.agent,
        name: 'Lobby',
        tokenHash: createHash('sha256').update(lobby.token).digest('hex'),
      },
    },
  ];
  const store = await openSqliteStore<Transactions>({
    file: join(server, 'keyrack.db'),
    transactions: new URL('../../packages/server/src/transactions/index.ts', import.meta.url),
  });
  await store.run('putRows', { rows: [...rows, ...extra], onlyIfEmpty: true });
  await store.close();

  const box = diskCardBox(join(agent, 'cards'));
  for (const { serial, chip, content, key: cardKey, lyingOn } of desk.plastics) {
    box.keep({ ...preparedCard(serial, chip, content, cardKey), lyingOn });
  }
  writeDoors(agent, desk.doors);
  const sealed = property.cardKeys[0]?.sealed ?? '';
  const propertyKey = sealer.open(sealed, PURPOSE.propertyCardKey);
  return {
    hotel: {
      property,
      account: rowOf(rows, 'accounts'),
      member,
      porter,
      otherAccount: { account: otherAccount, token: OTHER_TOKEN },
      otherProperty,
      desk: { ...desk, agent: agentId.parse(desk.agentId) },
      lobby,
      keyOf: (serial) => deriveCardKey(propertyKey, 1, serial),
    },
    masterKey: Buffer.from(key).toString('base64'),
    copyTo(folder, serverDisk = folder) {
      const copy = { server: join(serverDisk, 'server'), agent: join(folder, 'agent') };
      cpSync(server, copy.server, { recursive: true });
      cpSync(agent, copy.agent, { recursive: true });
      return copy;
    },
    remove,
  };
}

const OTHER_TOKEN = '0123456789abcdef0123456789abcd';

type RowOf<T extends TableRow['table']> = Extract<TableRow, { table: T }>['row'];

function rowsOf<T extends TableRow['table']>(rows: readonly TableRow[], table: T): RowOf<T>[] {
  return rows.filter((each) => each.table === table).map((each) => each.row as RowOf<T>);
}

function rowOf<T extends TableRow['table']>(rows: readonly TableRow[], table: T): RowOf<T> {
  const [row] = rowsOf(rows, table);
  if (row === undefined) throw new Error(`the demonstration has no ${table}`);
  return row;
}
