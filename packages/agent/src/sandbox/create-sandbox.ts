import type { Mac, OperationId, SandboxAnswer, SandboxCommand, SandboxFailure, Serial } from '@keyrack/protocol';
import { SANDBOX_LIMITS } from '@keyrack/protocol';
import type { AskedAt, DeskSandbox, SandboxHands } from '../desk/index.ts';
import { DeskError, type SimulatedDesk, type SimulatedEncoder } from '../encoder/index.ts';
import { DISTURBANCES, issuedCard, type Stage } from './disturbances.ts';

/** A failure that waits for its operation, or is happening to it. */
interface Armed {
  readonly failure: SandboxFailure;
  /** The operation that it happens to; null while it waits for one. */
  operation: OperationId | null;
  /** What ends it, while that operation is asked for. */
  undo: (() => void) | null;
}

/** Drives the simulated encoders of a desk for the server. `bytes` draws at random. */
export function createSandbox(
  { encoders, box, place, remove, add }: SimulatedDesk,
  bytes: (count: number) => Uint8Array,
): (hands: SandboxHands) => DeskSandbox {
  return (hands) => {
    const armed = new Map<Mac, Armed>();
    let beginning = false;

    const stageOf = (encoder: SimulatedEncoder, operation: OperationId): Stage => ({
      encoder,
      box,
      bytes,
      newSerial,
      // Its worker hears of it first.
      decline: () => queueMicrotask(() => hands.decline(operation)),
      disconnect: hands.disconnect,
    });

    function newSerial(): Serial {
      for (;;) {
        const serial = `04${Buffer.from(bytes(6)).toString('hex').toUpperCase()}` as Serial;
        if (box.card(serial) === undefined) return serial;
      }
    }

    function calm(each: Armed): void {
      const { undo } = each;
      each.undo = null;
      undo?.();
    }

    function disarm(mac: Mac): void {
      const each = armed.get(mac);
      armed.delete(mac);
      if (each !== undefined) calm(each);
    }

    /** An operation is asked for at this encoder: its failure begins, or is over since it was another's. */
    function begin(encoder: SimulatedEncoder, { operation, kind }: Pick<AskedAt, 'operation' | 'kind'>): void {
      const each = armed.get(encoder.mac);
      if (each === undefined) return;
      if (each.operation !== null && each.operation !== operation) {
        disarm(encoder.mac);
        return;
      }
      const { of, asked } = DISTURBANCES[each.failure];
      if (each.undo !== null || !of.includes(kind)) return;
      each.operation = operation;
      // The desk hears what is done to the encoder, and may not show the operation yet.
      beginning = true;
      try {
        each.undo = asked?.(stageOf(encoder, operation)) ?? nothing;
      } finally {
        beginning = false;
      }
    }

    function atGrant(moment: 'granting' | 'granted', operation: OperationId): void {
      for (const encoder of encoders) {
        const each = armed.get(encoder.mac);
        if (each?.operation === operation) DISTURBANCES[each.failure][moment]?.(stageOf(encoder, operation));
      }
    }

    function done(encoder: SimulatedEncoder): SandboxAnswer {
      const card = encoder.card();
      const each = armed.get(encoder.mac);
      const isOver = each === undefined || (each.operation !== null && each.undo === null);
      return { verdict: 'done', state: { card, failure: isOver ? null : each.failure } };
    }

    function carryOut(encoder: SimulatedEncoder, command: SandboxCommand): SandboxAnswer {
      switch (command.do) {
        case 'look':
        case 'disconnect':
          return done(encoder);
        case 'list-cards': {
          const cards = Array.from(box.cards(), ({ serial, chip, lyingOn }) => ({
            serial,
            chip,
            isHere: lyingOn === encoder.mac,
          }));
          return { ...done(encoder), cards: cards.slice(0, SANDBOX_LIMITS.cards) } as SandboxAnswer;
        }
        case 'new-card': {
          const known = box.card(command.serial);
          if (known !== undefined) return known.chip === command.chip ? done(encoder) : { verdict: 'other-chip' };
          if (Array.from(box.cards()).length >= SANDBOX_LIMITS.cards) return { verdict: 'box-full' };
          add(command.serial, command.chip);
          return done(encoder);
        }
        case 'lay':
          if (box.card(command.serial) === undefined) return { verdict: 'card-unknown' };
          place(command.serial, { encoder: encoder.mac });
          return done(encoder);
        case 'take-away':
          remove(encoder.mac);
          return done(encoder);
        case 'fail': {
          disarm(encoder.mac);
          const { failure } = command;
          if (failure === null) return done(encoder);
          if (DISTURBANCES[failure].needsIssuedCard && issuedCard({ encoder, box }) === null)
            return { verdict: 'needs-issued-card' };
          armed.set(encoder.mac, { failure, operation: null, undo: null });
          const asked = hands.asked(encoder.mac);
          if (asked !== null && !asked.isWriting) begin(encoder, asked);
          return done(encoder);
        }
      }
    }

    return {
      carryOut: (mac, command) => {
        const encoder = encoders.find((each) => each.mac === mac);
        if (encoder === undefined) return { verdict: 'not-simulated' };
        try {
          return carryOut(encoder, command);
        } catch (error) {
          if (error instanceof DeskError) return { verdict: 'card-unknown' };
          throw error;
        }
      },
      asked: (prompt) => {
        const encoder = encoders.find((each) => each.mac === prompt.encoder);
        if (encoder !== undefined) begin(encoder, prompt);
      },
      granting: (operation) => atGrant('granting', operation),
      granted: (operation) => atGrant('granted', operation),
      changed: () => {
        if (beginning) return;
        for (const [mac, each] of armed)
          if (each.undo !== null && hands.asked(mac)?.operation !== each.operation) calm(each);
      },
    };
  };
}

function nothing(): void {}

/** Of an agent that uses card readers: people stand at them. */
export const NO_SANDBOX = (): DeskSandbox => ({
  carryOut: () => ({ verdict: 'uses-readers' }),
  asked() {},
  granting() {},
  granted() {},
  changed() {},
});
