import type {
  AgentId,
  CardContent,
  JournalId,
  Mac,
  Nonce,
  OperationId,
  Reading,
  RoomLock,
  Serial,
} from '@keyrack/protocol';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { Process } from '../clockwork/computer.ts';
import { twinOf } from '../property/hotel.ts';
import type { Wire } from '../world/network.ts';

/**
 * What the simulation knows and the product doesn't: what was really asked, granted, begun and written, by whom. Nothing
 * of it is ever shown to the code under test.
 */
export interface Ledger {
  readonly nonces: Map<string, NonceTale>;
  readonly grants: Map<string, GrantTale>;
  readonly operations: Map<string, OperationTale>;
  /** The newest nonce of each encoder of a process. */
  readonly open: Map<Process, Map<Mac, NonceTale>>;
  readonly agentOf: Map<Process, AgentId>;
  readonly processOfInstance: Map<string, Process>;
  /** What each card holds, as it was last seen to change. */
  readonly contents: Map<Serial, Reading>;
  /** What each card that is new held at the beginning. */
  readonly asSold: Map<Serial, Reading>;
  /** When something last befell a card or its encoder that excuses a write without an end. Virtual milliseconds. */
  readonly troubleAt: Map<Mac, number>;
  /** Agents whose journal was lost, shortened or forked, by a fault. */
  readonly journalTrouble: Set<AgentId>;
  /** Journals that the server has given up, as far as its database remembers. */
  readonly givenUp: Set<JournalId>;
  /** How far each agent's records are durable at the server. */
  readonly durableCursor: Map<AgentId, { readonly journal: string | null; readonly number: number }>;
  /** Begun last at each encoder: the place of its grant among all grants. */
  readonly begunAt: Map<Mac, number>;
  /** What was granted last for each card record, in the order of those grants. */
  readonly written: Map<string, CardContent>;
  /** Card records by when their guests came: at the grant, or when a card that was issued for later began. */
  readonly arrived: string[];
  /** The locks of the rooms, by room, as the cards that were issued have left them. */
  readonly locks: Map<string, RoomLock>;
  /** The encoders that each agent has, as it told the server last. One that lost its own by its silence has told nothing. */
  readonly named: Map<AgentId, ReadonlySet<Mac>>;
  /** What lay at each place of an encoder, and when. Virtual milliseconds; `to` is null while it lies there. */
  readonly lain: Map<Mac, Stay[]>;
  /** The issue that wrote each card last, until the card is lifted or cancelled. */
  readonly unlifted: Map<Serial, string>;
  /** When the server heard that the end of each operation is durable. Virtual milliseconds. */
  readonly endedAt: Map<string, number>;
  /** When a caller of each operation heard last which one it waits for. Virtual milliseconds. */
  readonly waitedSince: Map<string, number>;
  /** Operations that were asked for over /v1. */
  readonly overV1: Set<string>;
  /** What each `Idempotency-Key` of a credential led to. `at`: Unix milliseconds. */
  readonly repeats: Map<string, { readonly operation: OperationId; readonly at: number }>;
  /** The run of the server, counted, in which each set of copies was begun. */
  readonly setsOf: Map<string, number>;
  /** The set of each card record that was made for one. */
  readonly copyOf: Map<string, string>;
  /** How often the server has begun; and whether sets were looked at in this run, before it hears anybody. */
  runs: number;
  interrupted: boolean;
  /** Cards whose rows or plastic changed since the last look. */
  readonly dirty: Set<Serial>;
  /** Restores so far, and those that nobody has told the server about yet. */
  restores: number;
  unreportedRestores: number;
  /**
   * Operations that such a restore set back: until the server is told, it knows no better than to go on with them, and
   * what comes of that is nobody's fault.
   */
  readonly setBack: Set<string>;
}

export interface Stay {
  readonly serial: Serial;
  readonly from: number;
  to: number | null;
}

export interface NonceTale {
  readonly nonce: Nonce;
  readonly operation: OperationId | null;
  readonly process: Process;
  readonly mac: Mac;
  readonly serial: Serial;
  readonly openedAt: number;
  /** The card connection that the content was read on. */
  readOn: object | null;
  /** Monotonic time of the process just before `present` went out, and the connection it went out on. */
  asked: { readonly at: number; readonly wire: Wire } | null;
  grantHeardOn: Wire | null;
  begun: boolean;
  writeDurable: boolean;
  writes: number;
  readsSinceWrite: number;
}

export interface GrantTale {
  readonly nonce: Nonce;
  readonly operation: OperationId;
  readonly kind: Operation['kind'];
  readonly agentId: AgentId;
  readonly serial: Serial;
  readonly before: CardContent;
  readonly target: CardContent;
  /** Its place among all grants, in the order of their transactions. */
  readonly place: number;
  durable: boolean;
}

export interface OperationTale {
  readonly id: string;
  /** Nonces under which anything was written for it. */
  readonly writtenUnder: Set<Nonce>;
  /** The content when its first write began, and after its last one; null while nothing was written. */
  effect: { readonly before: Reading; after: Reading } | null;
  /** What a caller was told of its end. */
  told: 'succeeded' | 'not done' | null;
}

export function openLedger(): Ledger {
  return {
    nonces: new Map(),
    grants: new Map(),
    operations: new Map(),
    open: new Map(),
    agentOf: new Map(),
    processOfInstance: new Map(),
    contents: new Map(),
    asSold: new Map(),
    troubleAt: new Map(),
    journalTrouble: new Set(),
    givenUp: new Set(),
    durableCursor: new Map(),
    begunAt: new Map(),
    written: new Map(),
    arrived: [],
    locks: new Map(),
    named: new Map(),
    lain: new Map(),
    unlifted: new Map(),
    endedAt: new Map(),
    waitedSince: new Map(),
    overV1: new Set(),
    repeats: new Map(),
    setsOf: new Map(),
    copyOf: new Map(),
    runs: 0,
    interrupted: false,
    dirty: new Set(),
    restores: 0,
    unreportedRestores: 0,
    setBack: new Set(),
  };
}

export function taleOf({ operations }: Ledger, id: string): OperationTale {
  const known = operations.get(id);
  if (known !== undefined) return known;
  const tale: OperationTale = { id, writtenUnder: new Set(), effect: null, told: null };
  operations.set(id, tale);
  return tale;
}

/** Whether the plastic is another one than before by what was written for this operation. */
export function hasEffect({ effect }: OperationTale): boolean {
  return effect !== null && effect.after !== effect.before;
}

/** A card was laid on an encoder, or taken from it. */
export function noteStay({ lain, unlifted }: Ledger, mac: Mac, serial: Serial, at: number, lies: boolean): void {
  const stays = lain.get(mac) ?? [];
  lain.set(mac, stays);
  const last = stays.at(-1);
  if (last !== undefined && last.to === null) last.to = at;
  if (lies) stays.push({ serial, from: at, to: null });
  else unlifted.delete(serial);
}

/** Whether that card lay there at some time between two instants. */
export function hasLain({ lain }: Ledger, mac: Mac, serial: Serial, from: number, to: number): boolean {
  const stays = [...(lain.get(mac) ?? []), ...(lain.get(twinOf(mac)) ?? [])];
  return stays.some((stay) => stay.serial === serial && stay.from <= to && (stay.to ?? to) >= from);
}

/** Another agent that has told the server of an encoder with this MAC, as this one has. */
export function othersWith({ named }: Ledger, mac: Mac, agent: AgentId): AgentId | undefined {
  return [...named].find(([id, macs]) => id !== agent && macs.has(mac))?.[0];
}
