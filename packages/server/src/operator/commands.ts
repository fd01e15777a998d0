import { randomBytes } from 'node:crypto';
import {
  type AgentId,
  agentId,
  deriveLockKey,
  deriveSharedDoorKey,
  deriveTransportKey,
  type LockExport,
  PROPERTY_CARD_KEY_BYTES,
  programmerKey,
  propertyTagOf,
  sealLockExport,
  serial,
} from '@keyrack/protocol';
import { z } from 'zod';
import { explain } from '../domain/causes.ts';
import { PAIRING } from '../domain/limits.ts';
import type { Property } from '../domain/places.ts';
import { pathOfUnportable } from '../domain/portable-text.ts';
import { isPossibleDay, rangeOfDays } from '../domain/property-days.ts';
import { listRecords } from '../requests/list-records.ts';
import { verifyAudit } from '../requests/verify-audit.ts';
import type { Clock } from '../runtime/clock.ts';
import { deskCommand } from '../runtime/desk-command.ts';
import { drawPairingCode } from '../runtime/draw-pairing-code.ts';
import type { Passwords } from '../runtime/password.ts';
import type { PublicAddress } from '../runtime/public-address.ts';
import type { Read, Run } from '../runtime/runner.ts';
import { PURPOSE, type Sealer } from '../runtime/sealed-secret.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';
import type { LockToExport } from '../transactions/property/export-lock.ts';
import type { RetireResult } from '../transactions/property/retire-card.ts';
import { buildingsOf, importedAccount, importedMember, roomInfo } from './import-commands.ts';

/** What commands act on. */
export interface OperatorParts {
  readonly run: Run;
  readonly read: Read;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly newId: () => string;
  /** Cuts the connection of an agent that may not act any more. */
  readonly cutOff: (agentId: AgentId, encoders: readonly OwnerChange[]) => void;
  /** Whether an agent is connected now. */
  readonly isOnline: (agentId: AgentId) => boolean;
  /** For the commands that it answers. */
  readonly address: PublicAddress;
}

/** A command can't be carried out; the message says why, and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

const NUMBER = 'is 1 to 20 letters and digits';
const property = z.string().regex(/^[0-9A-Za-z]{1,20}$/, NUMBER);
const no = z.string().regex(/^[0-9A-Za-z]{1,20}$/, NUMBER);
const roomNumbers = z.strictObject({ buildingNo: no, floorNo: no, roomNo: no });
/** As `yyyy-MM-dd`, a day on the clocks of the property. */
const day = z.string().refine(isPossibleDay, 'is a day of the calendar, as yyyy-MM-dd');
const roomEventKind = z.enum(['issued', 'read', 'cancelled', 'superseded', 'lost', 'retired']);
const ACTOR = 'operator';

const REFUSALS_TO_RETIRE: Record<Extract<RetireResult, { ok: false }>['why'], string> = {
  'card-unknown': 'No card with this serial belongs to the property; check the serial in the records of its room.',
  'nothing-on-it': 'This card is blank, or was never issued; there is nothing to retire.',
  'under-way': 'This card is being written, or its agent has not told yet what became of it; try again when it has.',
};

/**
 * The commands that an operator may give to a running server from the same machine, each with what it wants. What
 * they answer is plain data for the command line to print.
 */
export const COMMANDS = {
  'agents-list': command(z.strictObject({ property }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const agents = await parts.read('listAgents', { propertyId });
    const disputes = await parts.read('listDisputes', { propertyId });
    const now = parts.clock.now();
    return agents.map(({ agent: { id, name, state, attention }, visit, encoders }) => {
      const connected = parts.isOnline(id);
      const seenAt = connected ? now : (visit?.seenAt ?? null);
      return {
        id,
        computer: name,
        state,
        connected,
        lastSeen: seenAt === null ? null : iso(seenAt),
        version: visit?.software ?? null,
        encoders: encoders.map(({ mac, name }) => ({ mac, name })),
        // Those that another agent has too, by the same MAC: see docs/encoders.md.
        disputed: disputes.filter(({ agents }) => agents.includes(id)).map(({ encoder }) => encoder),
        attention,
      };
    });
  }),

  'agents-pair': command(z.strictObject({ property, replaces: agentId.nullable() }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    for (;;) {
      const code = drawPairingCode();
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
      if (offered === 'agent-revoked')
        throw new CommandError(
          'That agent was revoked, for good; pair a new one, without --replaces, and into another folder (--data).',
        );
      if (offered === 'offered') {
        return { code, validMinutes: PAIRING.validMs / 60_000, command: deskCommand(parts.address.agents, code) };
      }
    }
  }),

  'agents-revoke': command(z.strictObject({ property, agent: agentId }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const now = parts.clock.now();
    const { found, encoders } = await parts.run('revokeAgent', { propertyId, agentId: input.agent, actor: ACTOR, now });
    if (!found) throw new CommandError('This property has no such agent; see `keyrack agents list`.');
    parts.cutOff(input.agent, encoders);
    return { revoked: input.agent };
  }),

  'cards-retire': command(z.strictObject({ property, serial }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const now = parts.clock.now();
    const result = await parts.run('retireCard', { propertyId, serial: input.serial, actor: ACTOR, now });
    if (!result.ok) throw new CommandError(REFUSALS_TO_RETIRE[result.why]);
    return { serial: input.serial, mayOpenUntil: iso(result.mayOpenUntil) };
  }),

  'cards-records': command(
    z.strictObject({ property, room: roomNumbers, from: day, until: day, kinds: z.array(roomEventKind).min(1) }),
    async ({ room, from, until, kinds, ...input }, parts) => {
      const { id: propertyId, timeZone } = await propertyOf(input, parts);
      const range = rangeOfDays(from, until, timeZone);
      if (range === null || range.until <= range.from)
        throw new CommandError('The first day comes after the last one.');
      const records = await listRecords(parts.read, { propertyId, ...room, kinds, ...range });
      if (records === null) throw new CommandError(explain('room-unknown'));
      return records.map(({ kind, at, serial, owner, member, validFrom, validUntil }) => ({
        at: iso(at),
        kind,
        serial,
        owner,
        member,
        validFrom: iso(validFrom),
        validUntil: iso(validUntil),
      }));
    },
  ),

  'locks-export': command(
    z.strictObject({
      property,
      room: roomNumbers.nullable(),
      recipient: programmerKey,
    }),
    async ({ room, recipient, ...input }, parts) => {
      const { id: propertyId } = await propertyOf(input, parts);
      const now = parts.clock.now();
      const lock = await parts.run('exportLock', { propertyId, room, recipient, actor: ACTOR, now });
      if (lock === null) throw new CommandError(explain('room-unknown'));
      const sealed = sealLockExport(exportOf(propertyId, lock, parts.sealer), recipient, randomBytes(32));
      return { door: lock.room?.name ?? 'shared doors', lockType: lock.room?.lockType ?? null, recipient, sealed };
    },
  ),

  'keys-rotate': command(z.strictObject({ property }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const sealed = parts.sealer.seal(randomBytes(PROPERTY_CARD_KEY_BYTES), PURPOSE.propertyCardKey);
    const added = await parts.run('addCardKey', { propertyId, sealed, actor: ACTOR, now: parts.clock.now() });
    if (added === null) throw new CommandError('This property has used all 255 key versions.');
    return added;
  }),

  'import-account': command(z.strictObject({ property, ...importedAccount }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const { sid, name } = input;
    const sealedToken = parts.sealer.seal(Buffer.from(input.token), PURPOSE.accountToken);
    await parts.run('importAccount', { propertyId, sid, name, sealedToken, actor: ACTOR, now: parts.clock.now() });
    return { account: sid, property: input.property };
  }),

  'import-rooms': command(z.strictObject({ property, rooms: roomInfo }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const buildings = buildingsOf(input.rooms, parts.newId);
    const imported = await parts.run('importRooms', { propertyId, buildings, actor: ACTOR, now: parts.clock.now() });
    if (imported.ok) return { added: imported.added, changed: imported.changed };
    throw new CommandError(
      `Two rooms' numbers run together to ${imported.sameText}, so that signed requests could be exchanged; number one of them anew.`,
    );
  }),

  'import-member': command(z.strictObject({ property, ...importedMember }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const { property: _number, passwordMd5, ...given } = input;
    if ((given.mobile === null) !== (given.areaCode === null) || (given.mobile ?? given.email) === null) {
      throw new CommandError('A member has an area code and a mobile, or an e-mail address, or both.');
    }
    const passwordHash = await parts.passwords.hash(passwordMd5);
    const person = { ...given, propertyId, id: parts.newId(), role: 'receptionist', passwordHash } as const;
    const imported = await parts.run('importMember', { ...person, actor: ACTOR, now: parts.clock.now() });
    if (!imported) throw new CommandError('Mobile and e-mail are those of two members; give one of them.');
    return { member: given.name, issuingPermission: given.issuingPermission };
  }),

  'audit-verify': command(z.strictObject({}), (_input, parts) => verifyAudit(parts.read)),
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
  return { carryOut: (input, parts) => work(form.parse(keepable(input)), parts) };
}

/** The input, unless a text in it can't be kept: that is said of whatever holds it, before any command looks at it. */
function keepable(input: unknown): unknown {
  const path = pathOfUnportable(input);
  if (path === null) return input;
  const message = "holds a character that can't be kept (NUL, or half of one); type it again";
  throw new z.ZodError([{ code: 'custom', path: [...path], message, input: undefined }]);
}

async function propertyOf(input: { readonly property: string }, { read }: OperatorParts): Promise<Property> {
  const found = await read('findPropertyByNumber', { number: input.property });
  if (found === null) throw new CommandError(`No property has the number ${input.property}.`);
  return found;
}

function iso(unixMs: number): string {
  return new Date(unixMs).toISOString();
}

/** What the lock is programmed with: its own keys, and none of the property's. */
function exportOf(propertyId: string, { room, sequence, cardKeys }: LockToExport, sealer: Sealer): LockExport {
  const propertyTag = propertyTagOf(propertyId);
  const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');
  const keys = cardKeys.map(({ version, sealed }) => {
    const from = sealer.open(sealed, PURPOSE.propertyCardKey);
    const key = room === null ? deriveSharedDoorKey(from, version) : deriveLockKey(from, version, room.lockNumber);
    return { version, key: hex(key), transportKey: hex(deriveTransportKey(from, version)) };
  });
  if (room === null) return { kind: 'shared', propertyTag, keys };
  return { kind: 'room', propertyTag, lockNumber: room.lockNumber, sequence, keys };
}
