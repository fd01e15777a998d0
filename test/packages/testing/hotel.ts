import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OperationState } from '@keyrack/server/domain/operation.ts';
import type { OperationView } from '@keyrack/server/rest/operations/operation-view.ts';
import { expect } from 'vitest';
import { type Fields, postForm, signedFor } from '../../world/room-card-client.ts';
import { FIRST_PROPERTY, setUpProperty, setUpTokenIn } from '../../world/set-up.ts';
import { until } from '../../world/until.ts';

/** The first hotel of a server that was installed from a package, by what its people type and its software sends. */
export interface Hotel {
  readonly number: string;
  /** Sends a signed command and returns what the body of its answer says. Rejects where nobody answers. */
  send(command: 'makeRoomCard' | 'cancelCard', changes: Fields): Promise<RoomCardAnswer>;
  /** Sends the same again until it succeeds, as property software does that was cut off. */
  insist(command: 'makeRoomCard' | 'cancelCard', changes: Fields): Promise<void>;
}

export interface RoomCardAnswer {
  readonly status: number;
  readonly message?: string;
  readonly data?: { readonly serialNum?: string };
}

/** Types `keyrack ARGS` at the server's computer, with what comes in on standard input. Resolves with the answer. */
export type Type = (...args: readonly string[]) => Promise<string>;

export const ROOMS = fileURLToPath(new URL('../../../examples/hotels/harbour-rooms.csv', import.meta.url));
/** The simulated encoders of the front desk, each with the card that lies there. */
export const ENCODERS = { '020000000001': '04A1B2C3D4E501', '020000000002': '04A1B2C3D4E502' } as const;
export type Encoder = keyof typeof ENCODERS;
export const CARDS = Object.entries(ENCODERS) as [Encoder, string][];

/** On a machine that is ten times as slow. */
const LONGEST_UPGRADE_MS = 240_000;

/** What an agent's folder says that has them. */
export const agentSettings = (server?: string): string =>
  JSON.stringify({
    version: 1,
    ...(server && { server }),
    encoders: Object.keys(ENCODERS).map((mac, at) => ({ mac, name: `Simulated ${at + 1}`, forSignedIn: false })),
  });

/**
 * Sets the server up by the link that it printed, and gives it rooms and a developer account.
 * @param url where the server is reached, asked anew for each request
 * @param rooms the path of ROOMS where commands are typed
 */
export async function setUpHotel(url: () => string, printed: string, type: Type, rooms: string): Promise<Hotel> {
  const { owner, property } = FIRST_PROPERTY;
  await setUpProperty(url(), setUpTokenIn(printed));
  const added = await type('rooms', 'import', rooms, '--property', property.number);
  expect(JSON.parse(added)).toMatchObject({ added: readFileSync(ROOMS, 'utf8').trim().split('\n').length - 1 });
  const made = await type('accounts', 'create', 'Hotel software', '--property', property.number);
  const { sid, token } = JSON.parse(made);
  const creator = {
    accountSid: sid,
    communityNo: property.number,
    creatorEmail: owner.email,
    creatorPassword: createHash('md5').update(owner.password).digest('hex'),
  };
  const always = {
    makeRoomCard: { ...creator, buildNo: '1', floorNo: '3', endTime: '9912312359' },
    cancelCard: { ...creator, operateCardType: '4' },
  };
  const send: Hotel['send'] = async (command, changes) => {
    const { body } = await postForm(
      `${url()}/Home/Qrm/${command}`,
      signedFor(command, { ...always[command], ...changes }, token),
    );
    return JSON.parse(body);
  };
  return {
    number: property.number,
    send,
    async insist(command, changes) {
      let refused = '';
      const asked = () => send(command, changes).catch((error: Error) => ({ status: 0, message: error.message }));
      await until(
        `${command} succeeds`,
        async () => {
          const answer = await asked();
          refused = JSON.stringify(answer);
          return answer.status === 200;
        },
        LONGEST_UPGRADE_MS,
      ).catch((error: Error) => Promise.reject(new Error(`${error.message}: ${refused}`)));
    },
  };
}

/** A card is made for a room of the third floor, and cancelled. */
export async function makeAndCancel(hotel: Hotel, encoder: Encoder, roomNo: string): Promise<void> {
  await hotel.insist('makeRoomCard', { issueMac: encoder, roomNo });
  await hotel.insist('cancelCard', { issueMac: encoder, serialNum: ENCODERS[encoder] });
}

/** Makes and cancels a card at every encoder. */
export const eachWorks = (hotel: Hotel, roomNo: string) =>
  Promise.all(CARDS.map(([encoder]) => makeAndCancel(hotel, encoder, roomNo)));

/** Goes on making and cancelling cards at every encoder. `begun` resolves when each has made one. */
export function keepWorking(hotel: Hotel): { readonly begun: Promise<unknown>; end(): Promise<void> } {
  let ends = false;
  const goOn = async (encoder: Encoder, roomNo: string) => {
    while (!ends) await makeAndCancel(hotel, encoder, roomNo);
  };
  const first = CARDS.map(([encoder], at) => makeAndCancel(hotel, encoder, `30${at + 3}`));
  const loops = CARDS.map(async ([encoder], at) => {
    await first[at];
    await goOn(encoder, `30${at + 3}`);
  });
  const all = Promise.all(loops);
  all.catch(() => {});
  return {
    begun: Promise.all(first),
    async end() {
      ends = true;
      await all;
    },
  };
}

/** Whether an operation in that state has its end. */
const ENDED = {
  accepted: false,
  granted: false,
  unknown: false,
  succeeded: true,
  rejected: true,
  damaged: true,
  expired: true,
  withdrawn: true,
  'written-off': true,
} as const satisfies Record<OperationState, boolean>;

/**
 * Waits until every operation has its end, and that tells what became of the card. An attempt whose answer was lost may end
 * without a write, a moment after the one that repeats it. Where programs ended in their own time, no card is damaged by it.
 */
export async function everyOneEnds(hotel: Hotel, type: Type): Promise<void> {
  const list = async (): Promise<OperationView[]> =>
    JSON.parse(await type('operations', 'list', '--property', hotel.number, '--limit', '1000'));
  let open: OperationView[] = [];
  const all = await until('every operation has its end', async () => {
    const listed = await list();
    open = listed.filter(({ state }) => !ENDED[state]);
    return open.length === 0 && listed;
  }).catch((error: Error) => Promise.reject(new Error([error.message, ...open.map(told)].join('\n'))));
  expect(all.filter(({ state }) => state === 'damaged' || state === 'written-off').map(told)).toEqual([]);
}

/** An operation in one line, for a test that fails. */
const told = ({ id, kind, state, cause, encoder, serial, acceptedAt, deadline, endedAt }: OperationView): string =>
  JSON.stringify({ id, kind, state, cause, encoder: encoder.mac, serial, acceptedAt, deadline, endedAt });
