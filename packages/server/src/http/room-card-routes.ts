import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CardRequests } from '../requests/answers.ts';
import { cancelCard } from '../roomcard/cancel-card.ts';
import type { Endpoint } from '../roomcard/exchange.ts';
import { fetchRoomInfo } from '../roomcard/fetch-room-info.ts';
import { getMacList } from '../roomcard/get-mac-list.ts';
import type { HeaderError } from '../roomcard/header-error.ts';
import { makeRoomCard } from '../roomcard/make-room-card.ts';
import { isPublishedElsewhere } from '../roomcard/not-served.ts';
import { queryByRoom } from '../roomcard/query-by-room.ts';
import { readCard } from '../roomcard/read-card.ts';
import { replyHeader } from '../roomcard/reply.ts';
import type { AddressOf } from '../runtime/client-address.ts';
import { hangUpOf } from '../runtime/hang-up.ts';
import { targetOf } from './request-target.ts';
import type { SendReply } from './send-reply.ts';

/** Where the room-card API answers (docs/room-card-api.md, "The room-card API"). Every one of them takes POST alone. */
export const ROOM_CARD_PATHS: ReadonlyMap<string, { readonly name: string; readonly handle: Endpoint }> = new Map([
  ['/Home/Qrm/cancelCard', { name: 'cancelCard', handle: cancelCard }],
  ['/Home/Qrm/readCard', { name: 'readCard', handle: readCard }],
  ['/Home/Qrm/makeRoomCard', { name: 'makeRoomCard', handle: makeRoomCard }],
  ['/Home/Qrm/getMacList', { name: 'getMacList', handle: getMacList }],
  ['/Home/Records/fetchRoomInfo', { name: 'fetchRoomInfo', handle: fetchRoomInfo }],
  ['/Home/Records/queryByRoom', { name: 'queryByRoom', handle: queryByRoom }],
]);

/** Whether an address is where programs look for the room-card API. Some libraries ask for a page by themselves, and can't read one. */
export function isForPrograms(path: string): boolean {
  return /^\/(?:home|apilogin|index\.php)(?:\/|$)/i.test(path);
}

export function addRoomCardRoutes(
  app: FastifyInstance,
  cardRequests: CardRequests,
  clock: { now(): number },
  addressOf: AddressOf,
  sendReply: SendReply,
): void {
  for (const [path, { name, handle }] of ROOM_CARD_PATHS) {
    app.post(path, async (request, reply) => {
      const unreadable = headerErrorOf(request);
      if (unreadable !== null) {
        return sendReply(name, request, reply, { asker: null, reply: replyHeader(unreadable), warning: null });
      }
      const handled = await handle(cardRequests, {
        contentType: request.headers['content-type'],
        query: targetOf(request.url).query,
        body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
        address: addressOf(request.raw),
        receivedAt: clock.now(),
        hungUp: hangUpOf(reply.raw),
      });
      return sendReply(name, request, reply, handled);
    });
  }
}

/** The name that logs and metrics know a request by: never its path, which anybody can make up. */
export function endpointOf(request: FastifyRequest): string {
  const { path, query } = targetOf(request.url);
  return ROOM_CARD_PATHS.get(path)?.name ?? (isPublishedElsewhere(path, query) ? 'not-served' : 'other');
}

/** What is wrong with the headers before the body is looked at, or null. */
function headerErrorOf({ headers, raw }: FastifyRequest): HeaderError | null {
  // Node keeps the first of several, and a proxy on the way may have gone by the last.
  const types = raw.rawHeaders.filter((_, at) => at % 2 === 1 && /^content-type$/i.test(raw.rawHeaders[at - 1] ?? ''));
  if (types.length > 1) return { header: 'Content-Type', value: types.join(', '), problem: 'repeated' };
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' ? null : { header: 'Content-Encoding', value: encoding, problem: 'compressed' };
}
