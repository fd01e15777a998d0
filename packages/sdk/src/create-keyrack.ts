import { GROUPS, OPERATIONS } from './api-operations.ts';
import { baseOf } from './base-of.ts';
import { type OperationWaits, operationWaits } from './carry-out.ts';
import { type Credential, credentialHeaders } from './credential.ts';
import { type ExportedRecord, type ExportInput, type ExportOptions, exportAudit } from './export-audit.ts';
import { type Followed, type FollowInput, type FollowOptions, follow } from './follow.ts';
import type { Answer, AnyOptions, Arguments, OperationName, OperationShape } from './operation-types.ts';
import { type Listed, listed, type Page } from './pages.ts';
import { type Fields, pathSegment, planRequest } from './plan-request.ts';
import { RETRIES } from './retry-rules.ts';
import { sendRequest } from './send-request.ts';
import { userAgent } from './user-agent.ts';

export type KeyrackOptions = Credential & ClientOptions;

export interface ClientOptions {
  /** Address of the server, e.g. `https://keys.example.com`. */
  readonly url: string;
  /** Sends the requests; the global `fetch` unless given. */
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds that one try may take, 60,000 unless told. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is tried again, where that is safe: 3 unless told. */
  readonly retries?: number | undefined;
  /** Name and version of your program, for the server's log of requests. */
  readonly userAgent?: string | undefined;
}

/** What calling an operation returns: of a list, what can be iterated, too. */
export type Called<Name extends OperationName> =
  Answer<Name> extends Page<unknown> ? Listed<Answer<Name>> : Promise<Answer<Name>>;

/** An operation as a method. */
export type Method<Name extends OperationName> = (...given: Arguments<Name>) => Called<Name>;

type Groups = typeof GROUPS;

/** All operations as methods, e.g. `members.list` for `listMembers`. */
export type Methods = {
  readonly [Group in keyof Groups]: {
    readonly [Verb in keyof Groups[Group]]: Groups[Group][Verb] extends OperationName
      ? Method<Groups[Group][Verb]>
      : never;
  };
};

/** A client of `/v1`. */
export interface Keyrack extends Methods, OperationWaits {
  /** Calls an operation by its `operationId`. */
  call<Name extends OperationName>(name: Name, ...given: Arguments<Name>): Called<Name>;
  /** Events as they happen, each once, for as long as they are iterated. */
  follow(input?: FollowInput, options?: FollowOptions): AsyncIterable<Followed>;
  /** All records of an audit log, the oldest first, however long it is. */
  exportAudit(input?: ExportInput, options?: ExportOptions): AsyncIterable<ExportedRecord>;
}

/** Milliseconds of a try, and how much longer one may take that asks the server to wait. */
const TIME = { usual: 60_000, besidesWait: 15_000 } as const;

/** A client of `/v1`, by an API key or by the cookie of a page. It holds no connection and no state, so one for the whole program is enough. */
export function createKeyrack(options: KeyrackOptions): Keyrack {
  const base = baseOf(options.url);
  const shown = credentialHeaders(options);
  const agent = userAgent(options.userAgent);

  const send = async (name: string, shape: OperationShape, input: Fields, given: AnyOptions) => {
    const planned = planRequest(base, name, shape, input, { ...given, headers: { ...agent, ...given.headers } });
    const { waitSeconds = 0, signal } = given;
    const timeoutMs = given.timeoutMs ?? options.timeoutMs ?? TIME.usual;
    const { body } = await sendRequest(planned, {
      fetch: options.fetch ?? globalThis.fetch,
      credential: shown,
      timeoutMs: Math.max(timeoutMs, waitSeconds > 0 ? waitSeconds * 1_000 + TIME.besidesWait : 0),
      retries: given.retries ?? options.retries ?? RETRIES.usual,
      signal,
    });
    return body;
  };

  const call = (name: OperationName, input: Fields = {}, given: AnyOptions = {}) => {
    const shape: OperationShape | undefined = OPERATIONS[name];
    if (shape === undefined)
      throw new TypeError(`There is no operation ${name}; see the reference at ${base}/v1/reference.`);
    if (shape.pages !== true) return send(name, shape, input, given);
    const pageAt = (more: Fields) => send(name, shape, { ...input, ...more }, given) as Promise<Page<unknown>>;
    return listed(pageAt({}), (cursor) => pageAt({ cursor }));
  };

  const groups = Object.entries(GROUPS).map(([group, verbs]) => [
    group,
    Object.fromEntries(
      Object.entries(verbs).map(([verb, name]) => [
        verb,
        (input?: Fields, given?: AnyOptions) => call(name, input, given),
      ]),
    ),
  ]);
  const methods = { ...Object.fromEntries(groups), call } as Keyrack;
  const followEvents = (input: FollowInput = {}, given: FollowOptions = {}) => {
    const headers = async () => ({ ...agent, ...given.headers, ...(await shown()) });
    const wire = { fetch: options.fetch ?? globalThis.fetch, url: `${base}${eventsPath(input)}`, headers };
    return follow(wire, given);
  };
  async function* exported(input: ExportInput = {}, given: ExportOptions = {}) {
    const { property } = input;
    const signal = { signal: given.signal };
    const page =
      property === undefined
        ? await methods.call('listInstallationAuditRecords', { limit: 1 }, signal)
        : await methods.call('listAuditRecords', { property, limit: 1 }, signal);
    const headers = async () => ({ ...agent, ...given.headers, ...(await shown()) });
    const wireAfter = (after: number) => ({
      ...{ fetch: options.fetch ?? globalThis.fetch, headers },
      url: `${base}${propertyPath('exportAudit', property)}/audit-export?after=${after}`,
    });
    yield* exportAudit(wireAfter, page.data[0]?.number ?? 0, input, given);
  }
  return { ...methods, ...operationWaits(methods.operations), follow: followEvents, exportAudit: exported };
}

function eventsPath({ property, properties, cursor, types }: FollowInput): string {
  const query = new URLSearchParams();
  if (property === undefined && properties !== undefined) query.append('properties', properties.join());
  if (cursor !== undefined) query.append('cursor', cursor);
  if (types !== undefined) query.append('types', types.join());
  const path = `${propertyPath('follow', property)}/events`;
  return `${path}${query.size > 0 ? `?${query}` : ''}`;
}

/** Where a property's are; without one, those of the installation. */
function propertyPath(name: string, property: string | undefined): string {
  return property === undefined ? '/v1' : `/v1/properties/${pathSegment(name, 'property', property)}`;
}
