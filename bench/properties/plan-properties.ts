import { createHash } from 'node:crypto';
import type { AgentId, Mac, Serial } from '@keyrack/protocol';

/** How large a chain of hotels is. */
export interface PropertiesPlan {
  readonly desks: number;
  readonly desksPerProperty: number;
  readonly encodersPerDesk: number;
  /** Blank cards in the drawer of each encoder. */
  readonly cardsPerEncoder: number;
  readonly roomsPerDesk: number;
}

/** A front desk with everything that a request to it names. */
export interface BenchDesk {
  readonly agentId: AgentId;
  readonly propertyId: string;
  readonly propertyNumber: string;
  readonly memberId: string;
  readonly mobile: string;
  readonly encoders: readonly BenchEncoder[];
  readonly rooms: readonly BenchRoom[];
}

export interface BenchEncoder {
  readonly mac: Mac;
  readonly cards: readonly Serial[];
}

export interface BenchRoom {
  readonly id: string;
  readonly no: string;
  readonly lockNumber: number;
  /** Where it isn't the one floor that most houses of the bench have. */
  readonly floorNo?: string;
}

export interface BenchProperties {
  readonly desks: readonly BenchDesk[];
}

/** Every request of the bench is this account's, and every member has this password. */
export const ACCOUNT = { sid: '5b1c6c0e8f8d4f0f9e1d2c3b4a596877', token: '0123456789abcdef0123456789abcdef' } as const;
export const PASSWORD_MD5 = createHash('md5').update('keyrack bench').digest('hex');
export const AREA_CODE = '41';
export const BUILDING_NO = '001';
export const FLOOR_NO = '001';
export const TIME_ZONE = 'UTC';

/** What the first numbers of an id say that it names. */
const KINDS = { property: 1, building: 2, floor: 3, room: 4, member: 5, agent: 6 } as const;

/**
 * Makes up properties. `series` tells the properties of one database apart: two of different series share nothing.
 */
export function planProperties(plan: PropertiesPlan, series = 1): BenchProperties {
  const { desks, desksPerProperty, encodersPerDesk, cardsPerEncoder, roomsPerDesk } = plan;
  return {
    desks: Array.from({ length: desks }, (_, d): BenchDesk => {
      const property = Math.floor(d / desksPerProperty);
      return {
        agentId: idOf('agent', d, series) as AgentId,
        propertyId: idOf('property', property, series),
        propertyNumber: propertyNumberOf(property, series),
        memberId: idOf('member', d, series),
        mobile: mobileOf(d, series),
        encoders: Array.from({ length: encodersPerDesk }, (_unused, e) =>
          planEncoder(d * encodersPerDesk + e, cardsPerEncoder, series),
        ),
        rooms: Array.from({ length: roomsPerDesk }, (_unused, r): BenchRoom => {
          const place = (d % desksPerProperty) * roomsPerDesk + r;
          return {
            id: idOf('room', property * desksPerProperty * roomsPerDesk + place, series),
            no: `R${String(place + 1).padStart(5, '0')}`,
            lockNumber: place + 1,
          };
        }),
      };
    }),
  };
}

/** Further front desks of the same properties and rooms, one for each of these, with cards that nobody has seen. */
export function furtherDesks(desks: readonly BenchDesk[], cardsPerEncoder: number, series: number): BenchDesk[] {
  return desks.map((desk, d) => ({
    ...desk,
    agentId: idOf('agent', d, series) as AgentId,
    memberId: idOf('member', d, series),
    mobile: mobileOf(d, series),
    encoders: [planEncoder(d, cardsPerEncoder, series)],
  }));
}

function planEncoder(place: number, cardsPerEncoder: number, series: number): BenchEncoder {
  return {
    mac: `B${hex(series, 3)}${hex(place, 8)}` as Mac,
    cards: Array.from(
      { length: cardsPerEncoder },
      (_card, c) => `04B${hex(series, 3)}${hex(place * cardsPerEncoder + c, 8)}` as Serial,
    ),
  };
}

function mobileOf(desk: number, series: number): string {
  return `7${String(series).padStart(4, '0')}${String(desk).padStart(6, '0')}`;
}

/** Ids in the order of their making, as version 7 has them. */
export function idOf(kind: keyof typeof KINDS, place: number, series: number): string {
  return `0190${hex(series, 4)}-${hex(KINDS[kind], 4)}-7000-8000-${hex(place, 12)}`.toLowerCase();
}

export function propertyNumberOf(property: number, series: number): string {
  return `${series}${String(property).padStart(6, '0')}`;
}

export function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
