import { createOperation } from '@keyrack/server/rest/operations/create-operation.ts';
import type { OperationView } from '@keyrack/server/rest/operations/operation-view.ts';
import { withdrawCopySet } from '@keyrack/server/rest/operations/withdraw-copy-set.ts';
import { withdrawOperation } from '@keyrack/server/rest/operations/withdraw-operation.ts';
import { StoreError } from '@keyrack/server/store/store.ts';
import { checkToldOverV1 } from './checks/check-over-v1.ts';
import { openOperations } from './checks/open-work.ts';
import { EPOCH } from './clockwork/computer.ts';
import { CARDS, type Credential, GUESTS, macOf, PROPERTY, type PropertyCard } from './property/hotel.ts';
import { type AskedOverV1, type AskOverV1, handleOverV1, type V1Answer, type V1Request } from './property/v1-caller.ts';
import type { World } from './world.ts';

/** What callers of /v1 do: they ask for operations, and withdraw them. */

const STAY_MS = 5 * 24 * 3_600_000;

export function askOverV1(world: World, ask: AskOverV1): AskedOverV1 {
  const asked: AskedOverV1 = { ask, answer: null };
  world.askedOverV1.push(asked);
  const { by, key, waitMs, hangsUpAfter } = ask;
  const request = { endpoint: createOperation, by, params: {}, body: bodyOf(world, ask), key, waitMs };
  send(world, request, hangsUpAfter, (answer) => {
    asked.answer ??= answer;
  });
  return asked;
}

/** Somebody sees what goes on at the property, and withdraws the newest of it. */
export function withdrawOverV1(world: World, by: Credential, what: 'operation' | 'set'): void {
  const { database } = world;
  const [params, endpoint] = database.peek((tx) => {
    const set = tx.find('copySets', 'running', [PROPERTY], { reverse: true, limit: 1 })[0]?.id;
    if (what === 'set' && set !== undefined) return [{ set }, withdrawCopySet] as const;
    const operation = openOperations(tx).findLast(({ state }) => state === 'accepted')?.id;
    return [operation === undefined ? null : { operation }, withdrawOperation] as const;
  });
  if (params === null) return;
  send(world, { endpoint, by, params, body: undefined, key: null, waitMs: null }, null, () => {});
}

function bodyOf({ database }: World, ask: AskOverV1): object {
  const { kind, card, room: ofRoom = card, agent, encoder: number, guest, mode, begins, copies } = ask;
  const encoder =
    number === null
      ? undefined
      : (database.peek((tx) => tx.get('encoders', PROPERTY, macOf(agent, number)))?.id ?? 999);
  switch (kind) {
    case 'read':
      return { kind, encoder };
    case 'cancel':
      return { kind, encoder, serial: (CARDS[card] as PropertyCard).serial };
    case 'issue':
      return {
        ...{ kind, encoder, mode, copies, room: (CARDS[ofRoom] as PropertyCard).room.id },
        validUntil: new Date(EPOCH + STAY_MS).toISOString(),
        ...(begins !== undefined && { validFrom: new Date(EPOCH + begins).toISOString() }),
        // A duplicate is for whoever has the room.
        ...(mode !== 'duplicate' && { holder: { name: guest ?? (GUESTS[0] as string) } }),
      };
  }
}

function send(
  { server, scheduler, trace, database, ledger, verdict }: World,
  request: V1Request,
  hangsUpAfter: number | null,
  heard: (answer: V1Answer | 'not-heard') => void,
): void {
  const { endpoint, by, key, params, body, waitMs } = request;
  const asks = `${by} asks ${endpoint.id} ${JSON.stringify({ key, waitMs, ...params, ...body })}`;
  if (trace.on) trace.say('caller', asks);
  if (server?.v1 == null) {
    heard('not-heard');
    return;
  }
  const { v1, process } = server;
  const askedAt = scheduler.now();
  const hungUp = new AbortController();
  scheduler.at(askedAt + 1, process, () => {
    handleOverV1(v1, request, hungUp.signal).then(
      (answer) => {
        if (!process.alive) return;
        const from = hungUp.signal.aborted ? null : Math.max(askedAt, process.pausedUntil);
        checkToldOverV1(answer, { from, waitMs }, scheduler.now(), database, ledger, verdict);
        heard(answer);
        if (trace.on) trace.say('caller', `hears ${JSON.stringify(answer)}: ${asks}`);
      },
      (error: unknown) => {
        heard('not-heard');
        if (error instanceof StoreError) return;
        verdict.fail('no bug', error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  });
  if (hangsUpAfter === null) return;
  scheduler.at(askedAt + hangsUpAfter, process, () => {
    heard('not-heard');
    hungUp.abort();
  });
}

/** The operation that an answer tells of; null where it tells of none. */
export function toldOperation(answer: V1Answer): OperationView | null {
  const body = answer.status === 'problem' ? null : (answer.body as Partial<OperationView>);
  return body?.kind === undefined ? null : (body as OperationView);
}
