import type { AgentId, CardContent, InstanceId, Mac, Nonce, OperationId, Serial } from '@keyrack/protocol';
import { v7 as uuidv7 } from 'uuid';
import type { CopySet } from '../domain/copy-set.ts';
import type { Operation } from '../domain/operation.ts';
import { type Card, newAgent, newCardRecord, newEncoder } from '../domain/places.ts';
import { newCard } from '../domain/plastic.ts';
import { INN, type RestWorld } from './rest-world.ts';

const MAC = '7C778A6C7D9C' as Mac;
const AGENT = '019ac000-0000-7000-8000-00000000a9e7' as AgentId;

/** An encoder of the inn with the id 7, whose agent isn't connected. */
export async function putEncoder(world: RestWorld): Promise<void> {
  const place = { propertyId: INN.id, name: 'Front' };
  await world.put(
    { table: 'agents', row: newAgent({ ...place, id: AGENT }) },
    { table: 'encoders', row: newEncoder({ ...place, mac: MAC, id: 7, agentId: AGENT, forSignedIn: false }) },
  );
}

let place = 1_000;

/** An operation of the inn, as a member asked for it. `at`: its place in the order of acceptance. */
export async function putOperation(
  world: RestWorld,
  state: 'accepted' | 'unknown',
  at: number = ++place,
): Promise<Operation> {
  const now = Date.now();
  const id = uuidv7() as OperationId;
  const common = {
    propertyId: INN.id,
    id,
    kind: 'cancel',
    place: at,
    accountSid: null,
    memberId: 'member',
    cardType: 4,
    encoder: MAC,
    agentId: AGENT,
    serial: '4567' as Serial,
    recordId: null,
    request: id,
    acceptedAt: now,
    deadline: now + 60_000,
    held: false,
    caller: 'told',
    callerAt: now,
    reading: null,
    opened: false,
    shown: null,
    settledAt: null,
  } as const;
  const grant = {
    nonce: 'nonce' as Nonce,
    agentId: AGENT,
    session: 1,
    instance: 'instance' as InstanceId,
    serial: common.serial,
    before: '' as CardContent,
    target: '' as CardContent,
    at: now,
    life: 0,
  };
  const row: Operation =
    state === 'accepted'
      ? { ...common, state, grant: null, cause: null }
      : { ...common, state, grant, cause: 'outcome-unknown' };
  await world.put({ table: 'operations', row });
  return row;
}

/** A card of the inn with the serial 89AB that was issued for a room. */
export async function putIssuedCard(world: RestWorld): Promise<void> {
  const serial = '89AB' as Serial;
  const record = newCardRecord({
    propertyId: INN.id,
    id: 'record',
    serial,
    roomId: 'room',
    validFrom: 0,
    validUntil: Date.now() + 60_000,
    guest: 'new',
    issuedAt: 0,
  });
  const card: Card = { ...newCard(INN.id, serial), plastic: 'written', recordId: record.id };
  await world.put({ table: 'cardRecords', row: record }, { table: 'cards', row: card });
}

/** A set of two copies whose first card is waited for; returns its id. */
export async function putCopySet(world: RestWorld): Promise<string> {
  const { id: operation, acceptedAt } = await putOperation(world, 'accepted');
  const id = uuidv7();
  const doer = { actor: 'owner', by: 'owner', from: '127.0.0.1' };
  const asked = { memberId: 'member', doer, encoder: MAC, waitMs: 60_000, idleMs: 60_000, epoch: 1 };
  const row: CopySet = {
    ...{ propertyId: INN.id, id, of: 2, operations: [operation], recordId: 'record', state: 'running', cause: null },
    ...{ ...asked, begunAt: acceptedAt, endedAt: null },
  };
  await world.put({ table: 'copySets', row });
  return id;
}
