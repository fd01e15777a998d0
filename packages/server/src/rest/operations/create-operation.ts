import { type OperationId, serial } from '@keyrack/protocol';
import { z } from 'zod';
import { isTerminal } from '../../domain/operation.ts';
import { keyRequester } from '../../domain/requester.ts';
import type { AcceptResult } from '../../transactions/accept/accept-request.ts';
import { endpoint } from '../endpoint.ts';
import { givenTime, line } from '../fields.ts';
import { refusedBy } from '../problems.ts';
import { operationView } from './operation-view.ts';
import { showOperation } from './show-operation.ts';

const encoder = z.int().min(0).optional().meta({
  description: "The id of the encoder, whatever the lock's type. An API key is signed in nowhere: it must name one.",
});

const issue = z.strictObject({
  kind: z.literal('issue'),
  encoder,
  room: z.string().min(1).max(64).meta({ description: 'Id of the room.' }),
  mode: z.enum(['new', 'duplicate', 'lost']).meta({
    description:
      '`new`: for a new guest, whose card stops those of the guest before. `duplicate`: for the guest who has the room; with a later end it extends the stay. `lost`: as `new`, and it ends all earlier cards of the room as lost.',
  }),
  validFrom: givenTime
    .optional()
    .meta({ description: 'When the card begins, to the minute; at once unless told. It stops other cards then.' }),
  validUntil: givenTime,
  holder: z
    .strictObject({
      name: line(64).optional(),
      gender: z.enum(['female', 'male']).optional(),
      areaCode: z
        .string()
        .regex(/^\d{1,6}$/, 'is 1 to 6 digits')
        .optional(),
      mobile: z
        .string()
        .regex(/^\d{4,20}$/, 'is 4 to 20 digits')
        .optional(),
    })
    .refine(({ areaCode, mobile }) => (areaCode === undefined) === (mobile === undefined), {
      message: 'needs areaCode and mobile together, or neither',
    })
    .optional()
    .meta({
      description: 'The guest. A duplicate takes them from the card that it duplicates, where they are left out.',
    }),
  normallyOpen: z
    .boolean()
    .default(false)
    .meta({ description: "Using the card turns the lock's staying open on and off." }),
  networked: z.boolean().default(false),
});

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
    'Asks for one card at one encoder. The answer is 202 at once, and the operation can be followed; or it waits with `Prefer: wait`. With the same `Idempotency-Key` the request joins the first one.',
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
    if (body.encoder !== undefined && found === null) throw refusedBy({ cause: 'encoder-unknown' });
    const newId = parts.newId() as OperationId;
    const request = {
      id: newId,
      now,
      deadline: now + operations.waits.cardMs,
      idleMs: operations.waits.signInIdleMs,
      propertyId: property.id,
      accountSid: null,
      memberId: keyRequester(caller.credential),
      memberVersion: 0,
      encoder: found?.mac ?? null,
      // Only the Idempotency-Key tells a repeat: another request without one is another operation.
      request: newId,
      doer,
    };
    let accepted: AcceptResult;
    switch (body.kind) {
      case 'issue': {
        const { name = null, gender = null, areaCode = null, mobile = null } = body.holder ?? {};
        const { mode, normallyOpen, networked, validFrom: beginsAt = null, validUntil, room: roomId } = body;
        const holder = { owner: name, ownerGender: gender, ownerAreaCode: areaCode, ownerMobile: mobile, validUntil };
        const wish = { mode, beginsAt, normallyOpen, networked };
        accepted = await change('acceptIssue', { ...request, ...holder, ...wish, roomId, recordId: parts.newId() });
        break;
      }
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
