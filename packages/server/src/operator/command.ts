import type { AgentId } from '@keyrack/protocol';
import { z } from 'zod';
import type { Property } from '../domain/places.ts';
import { pathOfUnportable } from '../domain/portable-text.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Passwords } from '../runtime/password.ts';
import type { PublicAddress } from '../runtime/public-address.ts';
import type { Read, Run } from '../runtime/runner.ts';
import type { Sealer } from '../runtime/sealed-secret.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';

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

/** Who the audit log says has done it. */
export const ACTOR = 'operator';

const NUMBER = 'is 1 to 20 letters and digits';
export const property = z.string().regex(/^[0-9A-Za-z]{1,20}$/, NUMBER);
const no = z.string().regex(/^[0-9A-Za-z]{1,20}$/, NUMBER);
export const roomNumbers = z.strictObject({ buildingNo: no, floorNo: no, roomNo: no });

export interface Command {
  /** Throws a CommandError, or zod's error for input that isn't of its form. */
  carryOut(input: unknown, parts: OperatorParts): Promise<unknown>;
}

/** A command with the form of its input. */
export function command<Input>(
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

/** The property that a command names. */
export async function propertyOf(input: { readonly property: string }, { read }: OperatorParts): Promise<Property> {
  const found = await read('findPropertyByNumber', { number: input.property });
  if (found === null) throw new CommandError(`No property has the number ${input.property}.`);
  return found;
}

export function iso(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
