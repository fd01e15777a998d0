import { type OperationId, serial } from '@keyrack/protocol';
import { z } from 'zod';
import type { Caller } from '../../domain/caller.ts';
import { isTerminal } from '../../domain/operation.ts';
import { keyRequester } from '../../domain/requester.ts';
import type { AcceptResult } from '../../transactions/accept/accept-request.ts';
import { endpoint } from '../endpoint.ts';
import { refusedBy } from '../problems.ts';
import { encoder, issue, wishOf } from './issue-body.ts';
import { operationView } from './operation-view.ts';
import { showOperation } from './show-operation.ts';

const read = z.strictObject({ kind: z.literal('read'), encoder });

const cancel = z.strictObject({
  kind: z.literal('cancel'),
  encoder,
  serial: serial.meta({ description: "The card's serial in upper-case hex." }),
});

export const createOperation = endpoint({
  id: 'createOperation',
  method: 'POST',
  path: '/v1/properties/{property}/operations',
  tag: 'operations',
  summary: 'Issue, read or cancel a card',
  description:
    'Asks for a card at an encoder. The answer is 202 at once, and the operation can be followed; or it waits with `Prefer: wait`. With the same `Idempotency-Key` the request joins the first one.',
  right: 'operations.write',
  body: z.discriminatedUnion('kind', [issue, read, cancel]),
  waits: true,
  answers: {
    200: { description: 'The operation, which has ended: see its state.', body: operationView },
    202: { description: 'The operation, which goes on.', body: operationView },
  },
  problems: ['refused'],
  async handle({ body, property, caller, doer, now, change, waitMs, hungUp, parts }) {
    const { operations, read } = parts;
    const found =
      body.encoder === undefined ? null : await read('findEncoder', { propertyId: property.id, id: body.encoder });
    const newId = parts.newId() as OperationId;
    const request = {
      id: newId,
      now,
      deadline: now + operations.waits.cardMs,
      idleMs: operations.waits.signInIdleMs,
      propertyId: property.id,
      accountSid: null,
      ...requesterOf(caller),
      encoder: found?.mac ?? null,
      // A repeat is answered as the first one was, also where its encoder has been forgotten since.
      encoderUnknown: body.encoder !== undefined && found === null,
      // Only the Idempotency-Key tells a repeat: another request without one is another operation.
      request: newId,
      doer,
    };
    const copyOf = (of: number) => (of === 1 ? {} : { copy: { set: parts.newId(), number: 1, of } });
    let accepted: AcceptResult;
    switch (body.kind) {
      case 'issue':
        accepted = await change('acceptIssue', {
          ...request,
          ...wishOf(body),
          ...copyOf(body.copies),
          recordId: parts.newId(),
        });
        break;
      case 'read':
        accepted = await change('acceptRead', { ...request, cardType: 4 });
        break;
      case 'cancel':
        accepted = await change('acceptCancel', { ...request, serial: body.serial, cardType: null });
    }
    if (accepted.verdict === 'refused') throw refusedBy(accepted.refusal);
    if (accepted.verdict === 'already-done') {
      if (accepted.operationId === null) throw refusedBy({ cause: 'card-blank-already' });
      const shown = await showOperation(parts, property.id, accepted.operationId);
      return { status: 200, body: shown.view };
    }
    const { propertyId, id } = accepted.operation;
    // Of a repeat, `accepted` tells how it was when it was recorded. The other asks its agent, too.
    const begun = await showOperation(parts, propertyId, id);
    const { copy } = begun.view;
    if (copy !== null && !isTerminal(begun.operation)) parts.copies.watch({ propertyId, id: copy.set }, id);
    if (accepted.verdict === 'accepted')
      await operations.begin({ operation: begun.operation, prompt: accepted.prompt });
    const applied = waitMs === null ? null : Math.min(waitMs, operations.waits.answerMs);
    if (applied !== null) await operations.ended(begun.operation, applied, hungUp);
    const { operation, view } = await showOperation(parts, propertyId, id);
    const headers = {
      location: `/v1/properties/${propertyId}/operations/${id}`,
      ...(applied !== null && { 'preference-applied': `wait=${Math.round(applied / 1_000)}` }),
    };
    return { status: isTerminal(operation) ? 200 : 202, body: view, headers };
  },
});

/** In whose name it is asked for. An owner without a place at the property has no permission to give. */
function requesterOf(caller: Caller): { readonly memberId: string; readonly memberVersion: number } {
  switch (caller.kind) {
    case 'member':
    case 'person':
      if (caller.member === null) throw refusedBy({ cause: 'permission-off' });
      return { memberId: caller.member.id, memberVersion: caller.member.version };
    default:
      return { memberId: keyRequester(caller.credential), memberVersion: 0 };
  }
}
