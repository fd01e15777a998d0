import type { OperationId } from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError } from '../problems.ts';
import { type OperationView, viewOfOperation } from './operation-view.ts';

/** The operation as it is now. Ends the request where there is none. */
export async function showOperation(
  { read, clock }: Pick<HandlerParts, 'read' | 'clock'>,
  propertyId: string,
  id: string,
): Promise<{ readonly operation: Operation; readonly view: OperationView }> {
  const detail = await read('operationDetail', { propertyId, id: id as OperationId, now: clock.now() });
  if (detail === null) throw new ProblemError('not-found');
  return { operation: detail.operation, view: viewOfOperation(detail) };
}
