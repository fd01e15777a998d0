import { type Caller, callerFor, reaches } from '../domain/caller.ts';
import type { Property } from '../domain/places.ts';
import { permissionFor, type Right } from '../domain/rights.ts';
import type { Read } from '../runtime/runner.ts';
import { ProblemError } from './problems.ts';

/**
 * Lets a caller through to an endpoint, and returns the property that the path names, and the caller as far as it goes there. What it doesn't reach or may not see is
 * answered as what isn't there, after the same work; only what it may see and not do is told to be forbidden.
 */
export async function authorise(
  read: Read,
  whole: Caller,
  right: Right,
  propertyRef: string | null,
): Promise<{ readonly property: Property | null; readonly caller: Caller }> {
  const property = propertyRef === null ? null : await read('findPropertyByRef', { ref: propertyRef });
  const caller = callerFor(whole, right, property?.id ?? null);
  if (propertyRef !== null && (property === null || !reaches(caller, property.id))) throw new ProblemError('not-found');
  switch (permissionFor(right, caller.rights)) {
    case 'may':
      return { property, caller };
    case 'may-only-see':
      throw new ProblemError('forbidden', { detail: `This needs the right ${right}. Use a credential that has it.` });
    case 'may-not-see':
      throw new ProblemError('not-found');
  }
}
