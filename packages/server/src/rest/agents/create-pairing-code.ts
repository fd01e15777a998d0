import { agentId } from '@keyrack/protocol';
import { z } from 'zod';
import { deskCommand } from '../../runtime/desk-command.ts';
import { drawPairingCode } from '../../runtime/draw-pairing-code.ts';
import { agentAddress } from '../../runtime/public-address.ts';
import { endpoint } from '../endpoint.ts';
import { id, time, timeOf } from '../fields.ts';
import { ProblemError } from '../problems.ts';

/** Codes that are drawn for one request: another code that is good now may begin as one of them does. */
const DRAWN = 8;

export const createPairingCode = endpoint({
  id: 'createPairingCode',
  method: 'POST',
  path: '/v1/properties/{property}/agents/pairing-codes',
  tag: 'agents',
  summary: 'Make a code that pairs a front desk',
  description:
    'For one pairing within ten minutes. With `replaces`, the computer that uses it becomes that front desk: a new computer, or one that was suspended.',
  right: 'agents.write',
  body: z.strictObject({ replaces: agentId.nullable().optional().meta({ description: 'Id of a front desk.' }) }),
  answers: {
    201: {
      description: 'The code, and the command for the front desk.',
      body: z
        .object({
          code: z.string().nullable().meta({
            description: 'Shown this once. A repeat of the request shows it for ten minutes, and then null.',
          }),
          command: z
            .string()
            .nullable()
            .meta({ description: 'What to type at the front desk; null without the code.' }),
          downloadLink: z.string().nullable().meta({
            description:
              'Gets each download once without a credential, as `link` of its query, while the code is good; null without the code.',
          }),
          replaces: id.nullable(),
          expiresAt: time,
        })
        .meta({ id: 'PairingCode', description: 'A one-time code with which a computer becomes a front desk.' }),
    },
  },
  problems: ['not-in-this-state'],
  async handle({ property, body, doer, now, changeShowing, parts }) {
    const { replaces = null } = body;
    const codes = Array.from({ length: DRAWN }, drawPairingCode);
    const given = { propertyId: property.id, codes, replaces, actor: doer.actor, doer, now };
    const { result, secret } = await changeShowing(codes.join(' '), 'offerPairingCode', given);
    switch (result.verdict) {
      case 'agent-unknown':
        throw new ProblemError('invalid-request', {
          errors: [{ in: 'body', path: 'replaces', detail: 'is the id of no front desk of this property' }],
        });
      case 'agent-revoked':
        throw new ProblemError('not-in-this-state', {
          detail: 'That front desk was revoked, for good; pair a new one, into another folder.',
        });
      case 'draw-again':
        throw new ProblemError('unavailable', { headers: { 'retry-after': '5' } });
      case 'offered': {
        const code = secret?.split(' ')[result.which] ?? null;
        const command = code === null ? null : deskCommand(parts.program, agentAddress(parts.publicUrl()), code);
        const { expiresAt } = result;
        const downloadLink = code === null ? null : parts.downloads.links.make({ expiresAt, now, seed: code });
        return { status: 201, body: { code, command, downloadLink, replaces, expiresAt: timeOf(expiresAt) } };
      }
    }
  },
});
