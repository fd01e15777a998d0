import type { Chip, Mac, Serial } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from './published.ts';

/** What became of a card before the demonstration starts. */
export type DemoCardState = 'active' | 'expired' | 'superseded' | 'lost' | 'cancelled' | 'damaged';

export interface DemoCardPlan {
  readonly serial: Serial;
  readonly chip: Chip;
  readonly state: DemoCardState;
  /** The room's building, floor and number run together. */
  readonly room: string;
  readonly owner: string;
  /** Days since it was issued, and days from now until it ends. */
  readonly issuedDaysAgo: number;
  readonly endsInDays: number;
  /** The encoder that it lies on; in the drawer otherwise. */
  readonly on?: Mac;
}

const ACTIVE = { state: 'active', issuedDaysAgo: 1, endsInDays: 365 } as const;

/** Cards in every state, with an active one for each lock type. Nobody ever had the names of these guests. */
export const DEMO_CARDS: readonly DemoCardPlan[] = [
  {
    ...ACTIVE,
    serial: PUBLISHED.serial,
    chip: 'classic-1k',
    room: '001001R007',
    owner: 'Ada Example',
    on: PUBLISHED.encoder,
  },
  {
    ...ACTIVE,
    serial: serialOf('04A16E2A915580'),
    chip: 'ntag-215',
    room: '001001R004',
    owner: 'Ben Example',
    on: PUBLISHED.secondEncoder,
  },
  { ...ACTIVE, serial: serialOf('04B27F3B926681'), chip: 'ultralight-ev1', room: '001001R005', owner: 'Cai Example' },
  { ...ACTIVE, serial: serialOf('42873467'), chip: 'classic-1k', room: '001001R006', owner: 'Dee Example' },
  { ...ACTIVE, serial: serialOf('9A3C51E0'), chip: 'classic-1k', room: '002001R001', owner: 'Eli Example' },
  { ...ACTIVE, serial: serialOf('04C3804C937782'), chip: 'ntag-213', room: '002001R002', owner: 'Fay Example' },
  { ...ACTIVE, serial: serialOf('04D4915D948883'), chip: 'ntag-216', room: '002001R003', owner: 'Gus Example' },
  {
    serial: serialOf('5D20C7B1'),
    chip: 'classic-1k',
    state: 'cancelled',
    room: '001002R007',
    owner: 'Hana Example',
    issuedDaysAgo: 9,
    endsInDays: -2,
  },
  {
    serial: serialOf('04E5A26E959984'),
    chip: 'ntag-215',
    state: 'damaged',
    room: '001002R006',
    owner: 'Ivo Example',
    issuedDaysAgo: 4,
    endsInDays: 30,
  },
  {
    serial: serialOf('6E31D8C2'),
    chip: 'classic-1k',
    state: 'expired',
    room: '001002R008',
    owner: 'Jun Example',
    issuedDaysAgo: 12,
    endsInDays: -3,
  },
  {
    serial: serialOf('04F6B37F96AA85'),
    chip: 'ntag-215',
    state: 'superseded',
    room: '001003R001',
    owner: 'Kim Example',
    issuedDaysAgo: 6,
    endsInDays: 30,
  },
  { ...ACTIVE, serial: serialOf('0407C48097BB86'), chip: 'ntag-215', room: '001003R001', owner: 'Lia Example' },
  {
    serial: serialOf('77E1A2C4'),
    chip: 'classic-1k',
    state: 'lost',
    room: '002001R007',
    owner: 'Max Example',
    issuedDaysAgo: 3,
    endsInDays: 5,
  },
];

/** Cards fresh from the chip's maker, in the drawer: the server has never heard of them. */
export const NEW_CARDS: readonly { readonly serial: Serial; readonly chip: Chip }[] = [
  { serial: serialOf('0418D59198CC87'), chip: 'ntag-215' },
  { serial: serialOf('8F42E9D3'), chip: 'classic-1k' },
];
