import openapiTS, { astToString } from 'openapi-typescript';

/** Makes the sources of this package that come from the document of `/v1`. */

const NOTE = '// Made from the document of /v1 by test/documents/generated-documents.test.ts; change the endpoints.';

interface Parameter {
  readonly name: string;
  readonly in: string;
}
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Found extends Operation {
  readonly method: string;
  readonly path: string;
}

/** `packages/sdk/src/api-types.ts`: what each operation takes and answers. Problems are the same everywhere. */
export async function apiTypes(document: OpenApi): Promise<string> {
  // A field with a default may be left out of a request.
  const ast = await openapiTS(withoutProblems(document) as never, { defaultNonNullable: false });
  return `${NOTE}\n\n${astToString(ast)}`;
}

function withoutProblems({ paths, ...rest }: OpenApi): OpenApi {
  const successes = (operation: Operation) =>
    Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status.startsWith('2')));
  const shortened = Object.entries(paths).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, each]) => [method, { ...each, responses: successes(each) }]),
    ),
  ]);
  return { ...rest, paths: Object.fromEntries(shortened) };
}

/** `packages/sdk/src/api-operations.ts`: how the client sends each operation, and by which name it is called. */
export function apiOperations(
  document: OpenApi,
  { problems, causes }: { readonly problems: readonly string[]; readonly causes: readonly string[] },
): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]): Found => ({ ...each, method: method.toUpperCase(), path })),
  );
  const shapes = operations.map((each) => `  ${each.operationId}: { ${shapeOf(document, each).join(', ')} },`);
  const groups = Map.groupBy(operations, ({ path }) => groupOf(path));
  const inGroups = [...groups].flatMap(([group, members]) => {
    const taken = new Set<string>();
    const lines = members.flatMap((each) => {
      const short = verbOf(each.operationId, group);
      const verb = taken.has(short) ? each.operationId : short;
      taken.add(verb);
      return [`    /** ${docOf(each)} */`, `    ${verb}: '${each.operationId}',`];
    });
    return [`  ${group}: {`, ...lines, '  },'];
  });
  return [
    NOTE,
    '',
    '/** How each operation is sent. */',
    'export const OPERATIONS = {',
    ...shapes,
    '} as const;',
    '',
    '/** The operations by what they are about. */',
    'export const GROUPS = {',
    ...inGroups,
    '} as const;',
    '',
    '/** The problems that the server tells. Later ones may tell others. */',
    'export type ProblemName =',
    `${unionOf(problems)};`,
    '',
    '/** Why something is refused, or failed. */',
    'export type CauseName =',
    `${unionOf(causes)};`,
    '',
  ].join('\n');
}

function unionOf(names: readonly string[]): string {
  return names.map((name) => `  | '${name}'`).join('\n');
}

function docOf({ summary, description }: Operation): string {
  const text = [`${summary}.`, ...(description === undefined ? [] : [description])].join(' ');
  return text.replaceAll('*/', '* /').replaceAll('\n', ' ');
}

function shapeOf(document: OpenApi, operation: Found): string[] {
  const { method, path, parameters = [], requestBody, responses } = operation;
  const names = (place: string) => parameters.filter((each) => each.in === place).map(({ name }) => name);
  const [query, headers] = [names('query'), names('header')];
  const body = requestBody?.content?.['application/json']?.schema;
  const fields = body === undefined ? [] : fieldsOf(document, body);
  const isFlat = fields !== null && !fields.some((name) => [...names('path'), ...query].includes(name));
  const answer = responses['200']?.content?.['application/json']?.schema;
  const answered = answer === undefined ? null : fieldsOf(document, answer);
  return [
    `method: '${method}'`,
    `path: '${path}'`,
    ...(query.length > 0 ? [`query: [${query.map((name) => `'${name}'`).join(', ')}]`] : []),
    ...(body === undefined ? [] : [`body: '${isFlat ? 'flat' : 'nested'}'`]),
    ...(answered?.includes('nextCursor') && query.includes('cursor') ? ['pages: true'] : []),
    ...(headers.includes('If-Match') ? ['comparesTags: true'] : []),
    ...(headers.includes('Prefer') ? ['waits: true'] : []),
  ];
}

/** The names of the fields that an object may have; null for what is no object. */
function fieldsOf(document: OpenApi, schema: Schema): readonly string[] | null {
  const { $ref, type, properties = {}, oneOf, anyOf, allOf } = schema;
  if ($ref !== undefined) {
    const named = document.components.schemas[$ref.replace('#/components/schemas/', '')];
    return named === undefined ? null : fieldsOf(document, named);
  }
  const parts = (oneOf ?? anyOf ?? allOf)?.map((each) => fieldsOf(document, each));
  if (parts !== undefined) return parts.some((each) => each === null) ? null : parts.flatMap((each) => each ?? []);
  return type === 'object' ? Object.keys(properties) : null;
}

/** `members` of `/v1/properties/{property}/members/{member}/password`. */
function groupOf(path: string): string {
  const segments = path.split('/').slice(2);
  const [segment = ''] = segments[0] === 'properties' && segments.length > 2 ? segments.slice(2) : segments;
  return segment.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `setPassword` of `setMemberPassword` among the members: a verb needs no noun that its group says. */
function verbOf(operationId: string, group: string): string {
  const plural = group[0]?.toUpperCase() + group.slice(1);
  const singular = plural.replace(/ies$/, 'y').replace(/s$/, '');
  const [, verb, rest] = /^([a-z]+(?:Off|Out|In)?)(.*)$/.exec(operationId) ?? [];
  const noun = [plural, singular].find(
    (each) => rest === each || (rest?.startsWith(each) && /^[A-Z]/.test(rest.slice(each.length))),
  );
  return noun === undefined ? operationId : `${verb}${rest?.slice(noun.length)}`;
}
