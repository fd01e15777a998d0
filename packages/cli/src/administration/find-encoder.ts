import type { Answer } from '@keyrack/sdk';
import type { Connection } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import type { Property } from './choose-property.ts';
import { candidates, findNamed, type Naming } from './find-named.ts';

export type Encoder = Answer<'getEncoder'>;

const NAMING: Naming<Encoder> = {
  what: 'encoder',
  list: 'keyrack encoders list',
  namesOf: ({ id, name, mac }) => [id, name, mac],
};

/** The encoder that somebody means by its number, name or MAC; where nobody names one, the only one at a front desk. */
export async function findEncoder(
  { keyrack }: Connection,
  { id: property }: Property,
  said: string | undefined,
): Promise<Encoder> {
  const listed = keyrack.encoders.list({ property, limit: 200 });
  if (said !== undefined) return findNamed(listed, said, NAMING);
  const usable: Encoder[] = [];
  for await (const encoder of listed) if (encoder.agent !== null) usable.push(encoder);
  const [only, second] = usable;
  if (only === undefined)
    throw new CommandFailure('The property has no encoder yet; pair a front desk with `keyrack agents pair`.');
  if (second !== undefined) throw usageError(candidates('There are several encoders', usable, NAMING));
  return only;
}
