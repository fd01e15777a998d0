import { z } from 'zod';
import { type Answer, type Endpoint, TAGS } from './endpoint.ts';
import { PROBLEM_TYPE, PROBLEMS, type ProblemName } from './problems.ts';
import { COOKIE_NAMES, PAGE_HEADER } from './session-cookie.ts';

type Json = Record<string, unknown>;

/** Problems that any endpoint may answer with. */
const OF_ALL: readonly ProblemName[] = [
  'invalid-request',
  'foreign-page',
  'unauthorized',
  'forbidden',
  'not-found',
  'too-many-requests',
  'internal',
  'unavailable',
  'disk-full',
];

const OF_CREDENTIALS: readonly ProblemName[] = ['unauthorized', 'forbidden', 'not-found'];

/** Everything that this endpoint may answer with that isn't what was asked for. */
export function problemsOf({ method, comparesTags, open, problems = [] }: Endpoint): ProblemName[] {
  return [
    ...(open === undefined ? OF_ALL : OF_ALL.filter((name) => !OF_CREDENTIALS.includes(name))),
    // A body is read before anybody knows that there should be none.
    ...(method === 'GET' ? [] : (['outcome-unknown', 'too-large', 'unsupported-media-type'] as const)),
    ...(method === 'POST' && open === undefined ? (['idempotency-key-reused'] as const) : []),
    ...(comparesTags === true ? (['changed-meanwhile'] as const) : []),
    ...problems,
  ];
}

/**
 * The OpenAPI 3.1 document of these endpoints, from the schemas that requests are checked against. Answers may get further
 * fields in later versions; `closed` makes a document for tests, in which they may not.
 */
export function openApiDocument(endpoints: readonly Endpoint[], { closed = false } = {}): Json {
  const schemas: Json = {};
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => convert(schema, io, schemas);
  const answerSchema = (schema: z.ZodType) => schemaOf(schema, closed ? 'output' : 'input');
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const item = paths[endpoint.path] ?? {};
    paths[endpoint.path] = item;
    item[endpoint.method.toLowerCase()] = operationOf(endpoint, schemaOf, answerSchema);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Keyrack',
      version: '1',
      description: 'The modern API of a Keyrack server. Fields may be added to answers: ignore those you do not know.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { cookie: [], page: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, or the token of a session.' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: COOKIE_NAMES.plain,
          description: `The session of a page of this server; by TLS it is called \`${COOKIE_NAMES.secure}\`. It counts with \`page\` alone.`,
        },
        page: {
          type: 'apiKey',
          in: 'header',
          name: PAGE_HEADER.name,
          description: `\`${PAGE_HEADER.value}\`: the request is of a page of this server. Whoever signs in with it gets a cookie, and no token.`,
        },
      },
      schemas: { Problem: PROBLEM_SCHEMA, ...schemas },
    },
  };
}

function operationOf(
  endpoint: Endpoint,
  schemaOf: (schema: z.ZodType, io: 'input' | 'output') => Json,
  answerSchema: (schema: z.ZodType) => Json,
): Json {
  const { id, tag, summary, description, right, method, path, params, query, body, comparesTags, waits, answers } =
    endpoint;
  const ofPath = path.includes('{property}') ? [PROPERTY_PARAMETER] : [];
  const parameters = [
    ...ofPath,
    ...parametersOf('path', params, schemaOf),
    ...parametersOf('query', query, schemaOf),
    ...(method === 'POST' && endpoint.open === undefined ? [IDEMPOTENCY_KEY] : []),
    ...(comparesTags === true ? [IF_MATCH] : []),
    ...(waits === true ? [PREFER] : []),
    ...(Object.values(answers).some(({ stream }) => stream === 'text/event-stream') ? [LAST_EVENT_ID] : []),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    'x-right': right,
    ...(endpoint.open !== undefined && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { 'application/json': { schema: schemaOf(body, 'input') } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          {
            description: answer.description,
            ...contentOf(answer, answerSchema),
          },
        ]),
      ),
      ...problemResponses(problemsOf(endpoint)),
    },
  };
}

function contentOf({ body, stream }: Answer, schemaOf: (schema: z.ZodType) => Json): Json {
  if (body === undefined && stream === undefined) return {};
  return {
    content: {
      ...(body && { 'application/json': { schema: schemaOf(body) } }),
      ...(stream && { [stream]: { schema: { type: 'string' } } }),
    },
  };
}

function parametersOf(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  schemaOf: (schema: z.ZodType, io: 'input') => Json,
): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...rest } = schemaOf(field as z.ZodType, 'input');
    const required = place === 'path' || !(field as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required, ...(description !== undefined && { description }), schema: rest };
  });
}

function problemResponses(names: readonly ProblemName[]): Json {
  const byStatus = Map.groupBy(names, (name) => PROBLEMS[name].status);
  const problem = { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      String(status),
      { description: ofStatus.map((name) => `\`${name}\`: ${PROBLEMS[name].title}.`).join(' '), content: problem },
    ]),
  );
}

/** JSON Schema of a zod schema; those with a name go to the components of the document. */
function convert(schema: z.ZodType, io: 'input' | 'output', named: Json): Json {
  const made = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'throw' });
  const { $schema: _dialect, $defs, ...own } = rename(made) as { $schema?: string; $defs?: Json } & Json;
  for (const [name, each] of Object.entries($defs ?? {})) {
    const { id: _id, ...rest } = each as Json;
    named[name] = rest;
  }
  const { id, ...rest } = own;
  if (typeof id !== 'string') return rest;
  named[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
}

function rename(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rename);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      name === '$ref' ? String(each).replace('#/$defs/', '#/components/schemas/') : rename(each),
    ]),
  );
}

const PROPERTY_PARAMETER = {
  name: 'property',
  in: 'path',
  required: true,
  description: "The property's id or its number.",
  schema: { type: 'string' },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Send the request again with the same key: it is done once. Kept for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` that you know: it is changed only if it is still the same.',
  schema: { type: 'string' },
};

const PREFER = {
  name: 'Prefer',
  in: 'header',
  required: false,
  description: '`wait=20`: answer when it has ended, or after so many seconds at the latest. Else it answers at once.',
  schema: { type: 'string' },
};

const LAST_EVENT_ID = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description:
    'The `id` of the last event that came, as browsers send it when they connect again. Goes before `cursor`.',
  schema: { type: 'string' },
};

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457.',
  properties: {
    type: { type: 'string', description: 'Never changes; docs/problems.md explains each.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What to do.' },
    cause: { type: 'string', description: 'Why it was refused, as in the room-card API.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          in: { type: 'string', enum: ['body', 'query', 'header'] },
          path: { type: 'string' },
          detail: { type: 'string' },
        },
        required: ['in', 'path', 'detail'],
      },
    },
    cards: {
      type: 'array',
      description: 'Cards that are in the way.',
      items: {
        type: 'object',
        properties: {
          serial: { type: ['string', 'null'] },
          record: { type: 'string' },
          validUntil: { type: 'string' },
        },
        required: ['serial', 'record', 'validUntil'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail'],
};
