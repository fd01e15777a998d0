import { setTimeout as wait } from 'node:timers/promises';
import { TEAR_MODES } from '@keyrack/agent';
import type { Reading } from '@keyrack/protocol';
import type { AnswerKind, Asked, Caller, HttpAnswer, Wish } from './caller.ts';
import type { Chance } from './chance.ts';
import { createEndTimes } from './end-times.ts';
import { type Person, personAt } from './person.ts';
import { kindOf, lockNumberOn, readPlastic } from './plastic.ts';
import { type FrontDesk, newSerial, type PropertyCard, type PropertyEncoder, type TestProperty } from './property.ts';

/** A card that isn't as its caller was told, unless another operation on it within that time explains it. */
export interface Suspicion {
  readonly what: string;
  readonly asked: Asked;
  /** What the caller took for the outcome. */
  readonly told: HttpAnswer | null;
  /** The card, and when the request was sent and the card looked at (Unix milliseconds). */
  readonly serial: string;
  readonly from: number;
  readonly until: number;
}

export interface Load {
  /** Cards that walked off in somebody's pocket. */
  readonly gone: ReadonlySet<string>;
  readonly suspicions: readonly Suspicion[];
  /** Every card that there ever was, with the desk that it belongs to. */
  cards(): readonly { readonly desk: FrontDesk; readonly encoder: PropertyEncoder; readonly card: PropertyCard }[];
  /** While it is set, nobody errs: what fails then isn't a person's fault. */
  setCareful(careful: boolean): void;
  /** Nobody asks again from here on. Ends when every request under way has ended. */
  stop(): Promise<void>;
}

export interface LoadParts {
  readonly property: TestProperty;
  readonly caller: Caller;
  readonly chance: Chance;
}

/** What somebody at the encoder does during one request. */
type Conduct = 'careful' | 'wrong-card-first' | 'lifts-and-returns' | 'lifts' | 'tears' | 'nothing' | 'walks-off';

/** In which share of rounds people do what. */
const CONDUCT: readonly (readonly [Conduct, number])[] = [
  ['wrong-card-first', 0.04],
  ['lifts-and-returns', 0.06],
  ['lifts', 0.03],
  ['tears', 0.06],
  ['nothing', 0.02],
  ['walks-off', 0.002],
];

/** In which share of rounds the card is only read. */
const READ_SHARE = 0.2;
/** A card that can't be used any more after this many rounds in a row goes into the bin, and a new one comes. */
const FAILURES_TO_BIN = 3;

/** Keeps every encoder of the property busy: one card after the other is issued, read and cancelled, by people who err. */
export function startLoad({ property, caller, chance }: LoadParts): Load {
  const gone = new Set<string>();
  const suspicions: Suspicion[] = [];
  const all: { desk: FrontDesk; encoder: PropertyEncoder; card: PropertyCard }[] = [];
  const leaving = new AbortController();
  const newEndTime = createEndTimes();
  let careful = false;

  const work = async (desk: FrontDesk, encoder: PropertyEncoder) => {
    const person = personAt(desk);
    let drawer = [...encoder.drawer];
    const failures = new Map<string, number>();
    const unsure = new Map<string, Wish>();
    for (const card of drawer) all.push({ desk, encoder, card });
    for (let round = 0; !leaving.signal.aborted && drawer.length > 0; round += 1) {
      const card = drawer[round % drawer.length] as PropertyCard;
      const before = readPlastic(desk.folder, card.serial, property.cardKey);
      const kind = kindOf(before);
      const open = unsure.get(card.serial);
      const endpoint = chance.one(READ_SHARE) ? 'readCard' : kind === 'blank' ? 'makeRoomCard' : 'cancelCard';
      const wish = open ?? { endpoint, desk, encoder, card, endTime: newEndTime() };
      const from = Date.now();
      const conduct = careful ? 'careful' : conductBy(chance);
      const wrong = chance.of(drawer);
      const { told, asked, final } = await carryOut(wish, conduct, person, wrong);
      if (conduct === 'walks-off') {
        gone.add(card.serial);
        drawer = drawer.filter((each) => each !== card);
        continue;
      }
      if (told === 'open') unsure.set(card.serial, wish);
      else unsure.delete(card.serial);
      const after = readPlastic(desk.folder, card.serial, property.cardKey);
      if (told !== 'open') {
        const what = whatIsWrong(wish, told, final, open === undefined ? before : null, after);
        if (what !== null) suspicions.push({ what, asked, told: final, serial: card.serial, from, until: Date.now() });
      }
      const failed = told === 'failed' && conduct === 'careful' ? (failures.get(card.serial) ?? 0) + 1 : 0;
      failures.set(card.serial, failed);
      if (failed >= FAILURES_TO_BIN && kindOf(after) !== 'issued') {
        drawer = drawer.filter((each) => each !== card);
        const fresh = { ...card, serial: newSerial(card.chip) };
        if (await person.place(fresh, encoder.mac)) {
          drawer.push(fresh);
          all.push({ desk, encoder, card: fresh });
        }
      }
      await person.remove(encoder.mac);
    }
  };

  /** Asks, while somebody handles the card. */
  const carryOut = async (wish: Wish, conduct: Conduct, person: Person, wrong: PropertyCard) => {
    const { card, encoder } = wish;
    const patience = {
      tries: conduct === 'careful' ? 12 : 4,
      twice: wish.endpoint !== 'makeRoomCard' && chance.one(0.08),
      leaving: leaving.signal,
    };
    const request = caller.ask(wish, patience);
    const reach = wait(chance.between(0, 150));
    const handled = handle(conduct, person, card, encoder, wrong, reach);
    const answer = await request;
    await handled;
    return answer;
  };

  const handle = async (
    conduct: Conduct,
    person: Person,
    card: PropertyCard,
    { mac }: PropertyEncoder,
    wrong: PropertyCard,
    reach: Promise<void>,
  ) => {
    await reach;
    switch (conduct) {
      case 'nothing':
        return;
      case 'wrong-card-first':
        await person.place(wrong, mac);
        await wait(chance.between(50, 400));
        break;
      case 'tears':
        if (await person.place(card, mac)) await person.remove(mac);
        await person.tear(card, chance.whole(1, 6), chance.of(TEAR_MODES));
        break;
    }
    await person.place(card, mac);
    switch (conduct) {
      case 'careful':
      case 'wrong-card-first':
        return;
      case 'tears':
        await wait(chance.between(300, 900));
        if (chance.one(0.8)) await person.place(card, mac);
        return;
      default:
        await wait(chance.between(30, 500));
        await person.remove(mac);
        if (conduct !== 'lifts-and-returns') return;
        await wait(chance.between(0, 300));
        await person.place(card, mac);
    }
  };

  const workers = property.desks.flatMap((desk) => desk.encoders.map((encoder) => work(desk, encoder)));
  return {
    gone,
    suspicions,
    cards: () => all,
    setCareful(wanted) {
      careful = wanted;
    },
    async stop() {
      leaving.abort();
      await Promise.all(workers);
    },
  };
}

function conductBy(chance: Chance): Conduct {
  let left = chance.fraction();
  for (const [conduct, share] of CONDUCT) {
    left -= share;
    if (left < 0) return conduct;
  }
  return 'careful';
}

/**
 * Compares the card with what its caller was just told; nobody else asks for anything with that card. `before` is null
 * where an earlier request for the card was open, so that what the card held wasn't known.
 */
function whatIsWrong(
  wish: Wish,
  told: Exclude<AnswerKind, 'open'>,
  last: HttpAnswer | null,
  before: Reading | null,
  after: Reading,
): string | null {
  const changed = before !== null && before !== after;
  if (told === 'failed') {
    if (!changed || /damaged|can no longer be told/.test(last?.message ?? '')) return null;
    return `the caller was told "${last?.message}", and the card has changed from ${before} to ${after}`;
  }
  const kind = kindOf(after);
  switch (wish.endpoint) {
    case 'cancelCard':
      return kind === 'blank' ? null : `the caller was told that the card is erased, and it is ${kind}`;
    case 'makeRoomCard':
      // Any card that lay there may have been taken; which one, the answer tells.
      if (last?.serial != null && last.serial !== wish.card.serial) return null;
      return kind === 'issued' ? null : `the caller was told that the card is issued, and it is ${kind}`;
    case 'readCard': {
      if (changed) return `the card was read, and has changed from ${before} to ${after}`;
      if (last?.serial !== wish.card.serial) return null;
      const opens = lockNumberOn(after);
      return last.lockNumber === opens ? null : `the caller was told of lock "${last.lockNumber}", it is "${opens}"`;
    }
  }
}
