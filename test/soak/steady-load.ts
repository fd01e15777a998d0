import { setTimeout as wait } from 'node:timers/promises';
import type { Caller } from '../faults/caller.ts';
import { createEndTimes } from '../faults/end-times.ts';
import { personAt } from '../faults/person.ts';
import { kindOf, readPlastic } from '../faults/plastic.ts';
import type { FrontDesk, PropertyCard, PropertyEncoder, TestProperty } from '../faults/property.ts';

/** One request for an operation, and how it went. */
export interface Measured {
  /** When it was answered. Milliseconds since the run began. */
  readonly at: number;
  readonly ms: number;
  /** What went wrong; null where it was carried out. */
  readonly failure: string | null;
}

interface Place {
  readonly desk: FrontDesk;
  readonly encoder: PropertyEncoder;
  readonly card: PropertyCard;
}

export interface SteadyLoad {
  readonly measured: readonly Measured[];
  /** Ends when every request under way is answered. */
  stop(): Promise<void>;
}

/** From the beginning of one operation to that of the next at the same encoder. Milliseconds. */
const PACE_MS = 500;
/** How long the desks may take to connect and to sign in at first. Milliseconds. */
const OPENING_MS = 30_000;
/** Changes of one card, each with a read behind it, before the next card is laid there. */
const CHANGES_OF_A_CARD = 6;

/** Keeps every encoder of the property evenly busy: the card that lies there is issued, read, cancelled and read. */
export function startSteadyLoad(property: TestProperty, caller: Caller): SteadyLoad {
  const measured: Measured[] = [];
  const leaving = new AbortController();
  const newEndTime = createEndTimes();

  const ask = (endpoint: 'cancelCard' | 'makeRoomCard' | 'readCard', place: Place) =>
    caller.ask({ endpoint, ...place, endTime: newEndTime() }, { tries: 1, twice: false, leaving: leaving.signal });

  const untilServed = async (place: Place) => {
    const deadline = performance.now() + OPENING_MS;
    while ((await ask('readCard', place)).told !== 'done') {
      if (performance.now() > deadline) throw new Error(`${place.encoder.name} is not at work`);
      await wait(PACE_MS);
    }
  };

  const carryOut = async (endpoint: 'cancelCard' | 'makeRoomCard' | 'readCard', place: Place) => {
    const begun = performance.now();
    const { told, asked } = await ask(endpoint, place);
    const [answer] = asked.answers;
    if (answer === undefined) throw new Error('a request has no answer, not even that none came');
    const words = `${endpoint} of ${place.card.serial}: ${answer.http}, ${answer.status} "${answer.message}"`;
    const failure = told === 'done' ? null : words;
    measured.push({ at: answer.answeredAt, ms: answer.answeredAt - answer.sentAt, failure });
    await wait(Math.max(0, begun + PACE_MS - performance.now()));
  };

  const work = async (desk: FrontDesk, encoder: PropertyEncoder) => {
    const person = personAt(desk);
    for (let round = 0; !leaving.signal.aborted; round += 1) {
      const card = encoder.drawer[round % encoder.drawer.length] as PropertyCard;
      const place = { desk, encoder, card };
      await person.place(card, encoder.mac);
      if (round === 0) await untilServed(place);
      for (let i = 0; i < CHANGES_OF_A_CARD && !leaving.signal.aborted; i += 1) {
        const isBlank = kindOf(readPlastic(desk.folder, card.serial, property.cardKey)) === 'blank';
        await carryOut(isBlank ? 'makeRoomCard' : 'cancelCard', place);
        await carryOut('readCard', place);
      }
      await person.remove(encoder.mac);
    }
  };

  const workers = property.desks.flatMap((desk) => desk.encoders.map((encoder) => work(desk, encoder)));
  return {
    measured,
    async stop() {
      leaving.abort();
      await Promise.all(workers);
    },
  };
}
