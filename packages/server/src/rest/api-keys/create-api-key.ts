import { z } from 'zod';
import { hashToken, lookupOf } from '../../domain/api-key.ts';
import { reaches } from '../../domain/caller.ts';
import { rightsOfScopes } from '../../domain/rights.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { endpoint } from '../endpoint.ts';
import { givenTime, id, line, scope } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { createdApiKeyView, viewOfApiKey } from './api-key-view.ts';

/** Properties that one key may name. */
const MOST_PROPERTIES = 100;

export const createApiKey = endpoint({
  id: 'createApiKey',
  method: 'POST',
  path: '/v1/api-keys',
  tag: 'api-keys',
  summary: 'Make an API key',
  description: 'Nobody gives more than they have: its scopes, properties and time must be within those of the caller.',
  right: 'apiKeys.write',
  body: z.strictObject({
    name: line(64),
    scopes: z.array(scope).min(1).max(10),
    properties: z
      .union([z.literal('all'), z.array(id).min(1).max(MOST_PROPERTIES)])
      .meta({ description: 'Ids of the properties that it acts for, or `all`, with later ones.' }),
    expiresAt: givenTime
      .nullable()
      .optional()
      .meta({ description: 'When it ends by itself; unless told, never, or with the key that makes it.' }),
  }),
  answers: { 201: { description: 'The new API key, with its token.', body: createdApiKeyView } },
  async handle({ body, caller, doer, now, changeShowing, parts }) {
    const { name, expiresAt = caller.endsAt } = body;
    const scopes = [...new Set(body.scopes)];
    const properties = body.properties === 'all' ? null : [...new Set(body.properties)];
    if ([...rightsOfScopes(scopes)].some((right) => !caller.rights.has(right)))
      throw new ProblemError('forbidden', { detail: 'Leave out the scopes that this credential has not itself.' });
    if (properties === null && caller.properties !== null)
      throw new ProblemError('forbidden', { detail: 'Name the properties; this credential does not reach all.' });
    if (caller.endsAt !== null && (expiresAt === null || expiresAt > caller.endsAt))
      throw new ProblemError('forbidden', { detail: 'Let it end no later than this credential does itself.' });
    if (expiresAt !== null && expiresAt <= now) throw invalid('expiresAt', 'has passed; send a later time');
    for (const [i, property] of (properties ?? []).entries())
      if (!reaches(caller, property)) throw invalid(`properties.${i}`, NO_PROPERTY);

    const drawn = drawToken();
    const given = {
      name,
      scopes,
      properties,
      expiresAt,
      lookup: lookupOf(drawn) as string,
      secretHash: hashToken(drawn),
    };
    const { result, secret } = await changeShowing(drawn, 'createApiKey', { ...given, id: parts.newId(), doer, now });
    if (result.verdict === 'property-unknown') {
      const at = properties?.indexOf(result.propertyId) ?? 0;
      throw invalid(`properties.${at}`, NO_PROPERTY);
    }
    const { apiKey } = result;
    const headers = { location: `/v1/api-keys/${apiKey.id}` };
    return { status: 201, body: { ...viewOfApiKey(apiKey), token: secret }, headers };
  },
});

const NO_PROPERTY = 'is the id of no property that this credential reaches';

function invalid(path: string, detail: string): ProblemError {
  return new ProblemError('invalid-request', { errors: [{ in: 'body', path, detail }] });
}
