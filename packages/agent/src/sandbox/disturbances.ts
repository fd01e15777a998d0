import {
  accessOf,
  type CardKey,
  CONTENT_BYTES,
  contentOf,
  decodeCardImage,
  imageOf,
  type SandboxFailure,
  type Serial,
  type UnusableReason,
} from '@keyrack/protocol';
import { contentOffset } from '../encoder/chip-geometry.ts';
import {
  type CardBox,
  contentOnCard,
  factoryCard,
  preparedCard,
  type SimulatedCard,
  type SimulatedEncoder,
} from '../encoder/index.ts';

/** What a disturbance works with: one simulated encoder, at which an operation is asked for. */
export interface Stage {
  readonly encoder: SimulatedEncoder;
  readonly box: CardBox;
  /** A serial that no card has. */
  newSerial(): Serial;
  /** Random bytes. */
  bytes(count: number): Uint8Array;
  /** As the person at the desk would. */
  decline(): void;
  /** Ends the agent's connection, and keeps it away for that long. */
  disconnect(ms: number): void;
}

type Kind = 'issue' | 'read' | 'cancel';
type Undo = () => void;

/** How one operation is made to fail. */
export interface Disturbance {
  /** The operations that can fail so. Others aren't disturbed, and the failure waits for the next. */
  readonly of: readonly Kind[];
  /** It is made of an issued card that lies there. */
  readonly needsIssuedCard?: true;
  /** When the operation is asked for, before anything is done with a card. What it returns is called when it is over. */
  readonly asked?: (stage: Stage) => Undo;
  /** When its grant has come, before it is obeyed. */
  readonly granting?: (stage: Stage) => void;
  /** When its grant is being obeyed. */
  readonly granted?: (stage: Stage) => void;
}

/** Longer than any caller waits for an answer. Milliseconds. */
const OUT_OF_REACH_MS = 60_000;

const ALL = ['issue', 'read', 'cancel'] as const;
const WRITES = ['issue', 'cancel'] as const;

/** How each failure comes about: as it would with plastic, so that all behind it is as in a hotel. */
export const DISTURBANCES: Readonly<Record<SandboxFailure, Disturbance>> = {
  'not-a-room-card': unusable('not-a-room-card'),
  'chip-not-written': unusable('chip-not-written'),
  'encoder-unfit': unusable('encoder-unfit'),
  'card-not-answering': unusable('card-not-answering'),
  'encoder-in-use': unusable('encoder-in-use'),
  'encoder-hung': unusable('encoder-hung'),
  'encoder-offline': unusable('encoder-offline'),

  'no-card': {
    of: ALL,
    asked: ({ encoder }) => {
      encoder.remove();
      return nothing;
    },
  },
  // An issue and a read take any card.
  'other-card': { of: ['cancel'], asked: (stage) => swap(stage, factoryCard(stage.newSerial(), chipOf(stage))) },
  'card-unreadable': {
    of: ['issue', 'read'],
    asked: (stage) => {
      const content = contentOf('keyed', stage.bytes(CONTENT_BYTES));
      return swap(stage, preparedCard(stage.newSerial(), chipOf(stage), content, keyOf(stage.bytes(16))));
    },
  },
  // A cancel erases it, where the property's key opens it.
  'foreign-card': {
    of: ['issue', 'read'],
    asked: (stage) => swap(stage, preparedCard(stage.newSerial(), chipOf(stage), foreignContent(stage))),
  },

  'card-garbled': { of: ['issue', 'read'], needsIssuedCard: true, asked: (stage) => alter(stage, 0) },
  'card-checksum': { of: ['read'], needsIssuedCard: true, asked: (stage) => alter(stage, CONTENT_BYTES - 1) },
  'card-copied': {
    of: ['read'],
    needsIssuedCard: true,
    asked: (stage) => {
      const card = issuedCard(stage);
      if (card === null) return nothing;
      const image = imageOf(contentOnCard(card) as Exclude<ReturnType<typeof contentOnCard>, 'unreadable'>);
      return swap(stage, preparedCard(stage.newSerial(), card.chip, contentOf('factory', image)));
    },
  },

  'card-changed': { of: WRITES, granting: ({ encoder }) => encoder.remove() },
  'not-carried-out': {
    of: WRITES,
    granting: ({ encoder, disconnect }) => {
      encoder.remove();
      disconnect(0);
    },
  },
  'write-failed': { of: WRITES, asked: refuseWrite(1) },
  // The first block is written then, and the card stays to tell so.
  'card-damaged': { of: WRITES, asked: refuseWrite(2) },
  'outcome-unknown': {
    of: WRITES,
    granting: ({ encoder, box }) => {
      const card = box.card(encoder.card()?.serial ?? ('' as Serial));
      if (card !== undefined) card.tear = { writes: 2, mode: 'first-half' };
    },
  },
  // It is written, and nobody hears of it in time.
  'outcome-open': { of: WRITES, granted: ({ disconnect }) => disconnect(OUT_OF_REACH_MS) },

  declined: {
    of: ALL,
    asked: ({ decline }) => {
      decline();
      return nothing;
    },
  },
};

function nothing(): void {}

function unusable(reason: UnusableReason): Disturbance {
  return {
    of: ALL,
    asked: ({ encoder }) => {
      encoder.makeUnusable(reason);
      return () => encoder.makeUnusable(null);
    },
  };
}

function refuseWrite(at: number): (stage: Stage) => Undo {
  return ({ encoder }) => {
    encoder.refuseWrite(at);
    return () => encoder.refuseWrite(null);
  };
}

/** Lays another card there in the place of what lies there, which comes back afterwards. */
function swap({ encoder, box }: Stage, other: SimulatedCard): Undo {
  const lay = encoder.card()?.serial ?? null;
  box.keep(other);
  encoder.place(other.serial);
  return () => {
    if (other.lyingOn === encoder.mac) encoder.remove();
    box.forget(other.serial);
    if (lay !== null && encoder.card() === null && box.card(lay)?.lyingOn === null) encoder.place(lay);
  };
}

/** Changes a byte of what the card that lies there holds, and puts it back unless somebody wrote there meanwhile. */
function alter(stage: Stage, at: number): Undo {
  const card = issuedCard(stage);
  if (card === null) return nothing;
  const { box } = stage;
  const offset = contentOffset(card.chip) + at;
  const content = () => contentOnCard(card);
  const flip = () => {
    card.memory[offset] = (card.memory[offset] ?? 0) ^ 0xff;
    box.keep(card);
  };
  flip();
  const altered = content();
  return () => {
    if (content() === altered) flip();
  };
}

/** The card that lies there, where it holds a room card behind its own key. */
export function issuedCard({ encoder, box }: Pick<Stage, 'encoder' | 'box'>): SimulatedCard | null {
  const lies = encoder.card();
  const card = lies === null ? undefined : box.card(lies.serial);
  if (card === undefined) return null;
  const content = contentOnCard(card);
  if (content === 'unreadable' || accessOf(content) !== 'keyed') return null;
  return decodeCardImage(imageOf(content)).kind === 'image' ? card : null;
}

function chipOf({ encoder }: Stage) {
  return encoder.card()?.chip ?? 'ntag-215';
}

function keyOf(bytes: Uint8Array): CardKey {
  return Buffer.from(bytes).toString('hex') as CardKey;
}

/** An image, well-formed, of a property that nobody knows. */
function foreignContent(stage: Stage) {
  const image = stage.bytes(CONTENT_BYTES);
  // Version, card type, flags and key version; the property's tag and the lock's number stay random.
  image.set([1, 1, 0, 1]);
  image.set([0, 0, 0, 1], 12);
  // Valid for as long as a card can be; sequence 1.
  image.set([0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1], 16);
  return contentOf('factory', image);
}
