import { randomBytes, randomInt } from 'node:crypto';
import {
  type AgentId,
  agentId,
  deriveLockKey,
  deriveSharedDoorKey,
  PROPERTY_CARD_KEY_BYTES,
  propertyTagOf,
  serial,
} from '@keyrack/protocol';
import { z } from 'zod';
import { explain } from '../domain/causes.ts';
import type { Property, SealedCardKey } from '../domain/places.ts';
import type { Clock } from '../operations/clock.ts';
import { PAIRING } from '../operations/limits.ts';
import type { RetireResult } from '../operations/retire-card.ts';
import type { Run } from '../operations/runner.ts';
import { PURPOSE, type Sealer } from '../operations/sealed-secret.ts';

/** What commands act on. */
export interface OperatorParts {
  readonly run: Run;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Cuts the connection of an agent that may not act any more. */
  readonly cutOff: (agentId: AgentId) => void;
}

/** A command can't be carried out; the message says why, and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

const property = z.string().regex(/^[0-9A-Za-z]{1,20}$/);
const no = z.string().regex(/^[0-9A-Za-z]{1,20}$/);
const ACTOR = 'operator';

const WHY_NOT_RETIRED: Record<Extract<RetireResult, { ok: false }>['why'], string> = {
  'card-unknown': 'No card with this serial belongs to the property; check the serial in the records of its room.',
  'nothing-on-it': 'This card is blank, or was never issued; there is nothing to retire.',
  'under-way': 'This card is being written, or its agent has not told yet what became of it; try again when it has.',
};

/** Letters and digits that nobody takes for one another. */
const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The commands that an operator may give to a running server from the same machine, each with what it wants. What
 * they answer is plain data for the command line to print.
 */
export const COMMANDS = {
  'agents-list': command(z.strictObject({ property }), async (input, parts) => {
    const agents = await parts.run('listAgents', { propertyId: (await propertyOf(input, parts)).id });
    return agents.map(({ id, name, state, attention }) => ({ id, name, state, attention }));
  }),

  'agents-pair': command(z.strictObject({ property, replaces: agentId.nullable() }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    for (;;) {
      const code = Array.from({ length: 8 }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
      const now = parts.clock.now();
      const offered = await parts.run('offerPairing', {
        propertyId,
        code,
        replaces: input.replaces,
        actor: ACTOR,
        now,
      });
      if (offered === 'agent-unknown')
        throw new CommandError('This property has no such agent; see `keyrack agents list`.');
      if (offered === 'offered') return { code, validMinutes: PAIRING.validMs / 60_000 };
    }
  }),

  'agents-revoke': command(z.strictObject({ property, agent: agentId }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const now = parts.clock.now();
    const { found } = await parts.run('revokeAgent', { propertyId, agentId: input.agent, actor: ACTOR, now });
    if (!found) throw new CommandError('This property has no such agent; see `keyrack agents list`.');
    parts.cutOff(input.agent);
    return { revoked: input.agent };
  }),

  'cards-retire': command(z.strictObject({ property, serial }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const now = parts.clock.now();
    const result = await parts.run('retireCard', { propertyId, serial: input.serial, actor: ACTOR, now });
    if (!result.ok) throw new CommandError(WHY_NOT_RETIRED[result.why]);
    return { serial: input.serial, mayOpenUntil: new Date(result.mayOpenUntil).toISOString() };
  }),

  'locks-export': command(
    z.strictObject({ property, buildingNo: no, floorNo: no, roomNo: no }),
    async ({ buildingNo, floorNo, roomNo, ...input }, parts) => {
      const found = await propertyOf(input, parts);
      const now = parts.clock.now();
      const lock = await parts.run('exportLock', {
        propertyId: found.id,
        buildingNo,
        floorNo,
        roomNo,
        actor: ACTOR,
        now,
      });
      if (lock === null) throw new CommandError(explain('room-unknown'));
      const { lockNumber, lockType, sequence, name } = lock.room;
      const keys = newestTwo(lock.cardKeys).map((each) => {
        const key = deriveLockKey(parts.sealer.open(each.sealed, PURPOSE.propertyCardKey), each.version, lockNumber);
        return { version: each.version, key: Buffer.from(key).toString('hex') };
      });
      return { propertyTag: propertyTagOf(found.id), room: name, lockType, lockNumber, sequence, keys };
    },
  ),

  'locks-export-shared': command(z.strictObject({ property }), async (input, parts) => {
    const found = await propertyOf(input, parts);
    const keys = newestTwo(found.cardKeys).map((each) => {
      const key = deriveSharedDoorKey(parts.sealer.open(each.sealed, PURPOSE.propertyCardKey), each.version);
      return { version: each.version, key: Buffer.from(key).toString('hex') };
    });
    return { propertyTag: propertyTagOf(found.id), keys };
  }),

  'keys-rotate': command(z.strictObject({ property }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const sealed = parts.sealer.seal(randomBytes(PROPERTY_CARD_KEY_BYTES), PURPOSE.propertyCardKey);
    const added = await parts.run('addCardKey', { propertyId, sealed, actor: ACTOR, now: parts.clock.now() });
    if (added === null) throw new CommandError('This property has used all 255 key versions.');
    return added;
  }),

  'audit-verify': command(z.strictObject({}), (_input, parts) => parts.run('verifyAudit', {})),
} as const;

export type CommandName = keyof typeof COMMANDS;

interface Command {
  /** Throws a CommandError, or zod's error for input that isn't of its form. */
  carryOut(input: unknown, parts: OperatorParts): Promise<unknown>;
}

function command<Input>(
  form: z.ZodType<Input>,
  work: (input: Input, parts: OperatorParts) => Promise<unknown>,
): Command {
  return { carryOut: (input, parts) => work(form.parse(input), parts) };
}

async function propertyOf(input: { readonly property: string }, { run }: OperatorParts): Promise<Property> {
  const found = await run('findPropertyByNumber', { number: input.property });
  if (found === null) throw new CommandError(`No property has the number ${input.property}.`);
  return found;
}

/** What a lock accepts: the current key version and the one before. */
function newestTwo(keys: readonly SealedCardKey[]): SealedCardKey[] {
  return [...keys].sort((a, b) => b.version - a.version).slice(0, 2);
}
