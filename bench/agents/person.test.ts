import {
  createSimulatedEncoder,
  type DeskState,
  factoryCard,
  memoryCardBox,
  NO_TIME,
  systemClock,
} from '@keyrack/agent';
import type { Mac, OperationId, Serial } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { standAtDesk } from './person.ts';

const MAC = 'B00100000000' as Mac;
const DRAWER = ['04A1B2C3D4E501', '04A1B2C3D4E502'] as Serial[];

/** A desk whose agent shows what this test says, and what lay on its encoder since. */
function openDesk() {
  const box = memoryCardBox(DRAWER.map((serial) => factoryCard(serial, 'ntag-213')));
  const encoder = createSimulatedEncoder({ mac: MAC, name: 'Desk', box, clock: systemClock, timing: NO_TIME });
  const listeners: (() => void)[] = [];
  let state = { encoders: [{ condition: 'idle' }], recent: [] } as unknown as DeskState;
  let operations = 0;
  const agent = {
    state: () => state,
    onChange: (listener: () => void) => {
      listeners.push(listener);
      return () => {};
    },
  };
  standAtDesk(agent, 0, encoder, DRAWER);
  const moves: (Serial | null)[] = [];
  encoder.onChange((card) => moves.push(card?.serial ?? null));
  const show = (kind: 'issue' | 'cancel', outcome = 'succeeded', condition = 'idle') => {
    operations += 1;
    const operation = String(operations) as OperationId;
    const last = { operation, kind, outcome, encoder: MAC };
    state = { encoders: [{ condition }], recent: [last] } as unknown as DeskState;
    for (const listener of listeners) listener();
    return moves.splice(0);
  };
  return { encoder, show };
}

test('a card lies on the encoder from the start', () => {
  expect(openDesk().encoder.card()?.serial).toBe(DRAWER[0]);
});

test('an issued card is taken away and laid down again for its cancel', () => {
  expect(openDesk().show('issue')).toEqual([null, DRAWER[0]]);
});

test('a cancelled card stays, until the next one of the drawer has its turn', () => {
  const { show } = openDesk();
  const moves = Array.from({ length: 4 }, () => [show('issue'), show('cancel')][1]);
  expect(moves).toEqual([[], [], [], [null, DRAWER[1]]]);
});

test('nothing is taken away while it is written, and what failed stays', () => {
  const { show } = openDesk();
  expect(show('issue', 'succeeded', 'writing')).toEqual([]);
  expect(show('issue', 'rejected')).toEqual([]);
});
