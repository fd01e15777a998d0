import { z } from 'zod';
import { reaches } from '../../domain/caller.ts';
import { drawAccountSid, drawAuthToken } from '../../runtime/draw-token.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { endpoint } from '../endpoint.ts';
import { id, line } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import {
  accountSid,
  addressRanges,
  createdAccountView,
  givenToken,
  invalidBody,
  tagOfAccount,
  viewOfAccount,
} from './account-view.ts';

const NO_PROPERTY = 'is the id of no property that this credential reaches';

export const createAccount = endpoint({
  id: 'createAccount',
  method: 'POST',
  path: '/v1/accounts',
  tag: 'accounts',
  summary: 'Add a developer account',
  description:
    'Its token signs requests of the room-card API, for the properties that are named. Software that moves over keeps its own: send `sid` and `token` by a credential that reaches all properties.',
  right: 'accounts.write',
  body: z
    .strictObject({
      name: line(64),
      properties: z.array(id).max(100).meta({ description: 'Ids of the properties that it may act for.' }),
      addressRanges: addressRanges.optional(),
      sid: accountSid
        .optional()
        .meta({ description: 'The `accountSid` that its software has already; drawn unless given.' }),
      token: givenToken
        .optional()
        .meta({ description: 'The `authToken` that its software signs with already. It comes with `sid`.' }),
    })
    .refine(({ sid, token }) => (sid === undefined) === (token === undefined), {
      path: ['token'],
      message: 'comes with `sid`: send both, or neither to have them drawn',
    }),
  answers: { 201: { description: 'The new developer account, with its token.', body: createdAccountView } },
  problems: ['sid-taken'],
  async handle({ body, caller, doer, now, changeShowing, parts }) {
    const properties = [...new Set(body.properties)];
    if (properties.length === 0 && caller.properties !== null)
      throw new ProblemError('forbidden', { detail: 'Name a property; this credential does not reach all.' });
    // Whoever names a sid could otherwise take a vendor's, for others to allow, or learn which there are elsewhere.
    if (body.sid !== undefined && caller.properties !== null)
      throw new ProblemError('forbidden', {
        detail: 'A credential that does not reach all properties gives no `sid`; leave it out, and `token` with it.',
      });
    for (const [i, property] of body.properties.entries())
      if (!reaches(caller, property)) throw invalidBody(`properties.${i}`, NO_PROPERTY);
    const { sid = drawAccountSid(), token = drawAuthToken() } = body;
    const { result, secret } = await changeShowing(token, 'createAccount', {
      sid,
      name: body.name,
      properties,
      addressRanges: body.addressRanges ?? [],
      sealedToken: parts.sealer.seal(new TextEncoder().encode(token), PURPOSE.accountToken),
      doer,
      now,
    });
    if (result.verdict === 'property-unknown')
      throw invalidBody(`properties.${body.properties.indexOf(result.propertyId)}`, NO_PROPERTY);
    if (result.verdict === 'sid-taken') throw new ProblemError(result.verdict);
    const { account } = result;
    const headers = { location: `/v1/accounts/${account.facts.sid}` };
    return { status: 201, body: { ...viewOfAccount(account), token: secret }, etag: tagOfAccount(account), headers };
  },
});
