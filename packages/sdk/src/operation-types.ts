import type { OPERATIONS } from './api-operations.ts';
import type { operations } from './api-types.ts';

/** The name of an operation of `/v1`: the `operationId` of its document, e.g. `listMembers`. */
export type OperationName = keyof typeof OPERATIONS & keyof operations;

/** How the client sends an operation. `api-operations.ts` holds one for each, made from the document. */
export interface OperationShape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Names of the fields that travel in the address behind the question mark. */
  readonly query?: readonly string[];
  /**
   * `flat`: fields of the body stand beside those of the address. `nested`: they stand in `body`, since one has the name
   * of a field of the address, or the body is no object.
   */
  readonly body?: 'flat' | 'nested';
  /** It answers a page of a list. */
  readonly pages?: true;
  /** It takes `If-Match`. */
  readonly comparesTags?: true;
  /** It takes `Prefer: wait`. */
  readonly waits?: true;
}

type ShapeOf<Name extends OperationName> = (typeof OPERATIONS)[Name];
type Part<T> = [NonNullable<T>] extends [never] ? unknown : NonNullable<T>;

/** What travels in the address is text there. So a number, a yes or no, and a time may be given as what they are. */
type Spoken<T> = T extends string
  ? string extends T
    ? string | number | boolean | Date
    : T extends 'true' | 'false'
      ? T | boolean
      : T
  : T;
/** A field that may be left out may be undefined, too. */
type OrUndefined<T, K extends keyof T> = Record<never, never> extends Pick<T, K> ? undefined : never;
type InPath<T> = { [K in keyof T]: string extends T[K] ? string | number : T[K] };
type InAddress<T> = { [K in keyof T]: Spoken<T[K]> | OrUndefined<T, K> };
type InBody<T> = T extends object ? { [K in keyof T]: T[K] | OrUndefined<T, K> } : T;

type JsonOf<Body> = [NonNullable<Body>] extends [{ content: { 'application/json': infer Json } }] ? Json : unknown;

type BodyPart<Name extends OperationName> =
  ShapeOf<Name> extends { body: 'nested' }
    ? { body: JsonOf<operations[Name]['requestBody']> }
    : InBody<JsonOf<operations[Name]['requestBody']>>;

/** What an operation takes: the fields of its address and of its body, beside each other. */
export type Input<Name extends OperationName> = InPath<Part<operations[Name]['parameters']['path']>> &
  InAddress<Part<operations[Name]['parameters']['query']>> &
  BodyPart<Name>;

type Success = 200 | 201 | 202 | 204;
type Responses<Name extends OperationName> = operations[Name]['responses'];

/** What an operation answers when all went well: the parsed JSON, or nothing. */
export type Answer<Name extends OperationName> = {
  [Status in keyof Responses<Name> & Success]: Responses<Name>[Status] extends { content: infer Content }
    ? Content extends { 'application/json': infer Body }
      ? Body
      : string
    : undefined;
}[keyof Responses<Name> & Success];

/** How one call is made. Everything has a default. */
export interface CallOptions {
  /** Ends the call: it rejects with the signal's reason. What was sent already may still be done. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that one try may take. */
  readonly timeoutMs?: number | undefined;
  /** How often it is tried again, where that is safe. */
  readonly retries?: number | undefined;
  /** Sent as they are, besides those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Of operations that create something or begin it. */
export interface RepeatOptions {
  /**
   * A name of your own for this request, 1 to 255 visible characters of ASCII: whenever it comes again, also from another
   * process, it is done once. Without one the client draws one for each call, and its own tries share it.
   */
  readonly idempotencyKey?: string | undefined;
}

/** Of operations that change something. */
export interface TagOptions {
  /** What you know, as it was answered, or its ETag: it is changed only if nobody changed it meanwhile. */
  readonly ifMatch?: string | object | undefined;
}

/** Of operations that can answer when something has ended. */
export interface WaitOptions {
  /** Seconds that the server may wait for the end before it answers. It has a limit of its own. */
  readonly waitSeconds?: number | undefined;
}

/** The options that an operation takes. */
export type OptionsOf<Name extends OperationName> = CallOptions &
  (ShapeOf<Name> extends { method: 'POST' } ? RepeatOptions : unknown) &
  (ShapeOf<Name> extends { comparesTags: true } ? TagOptions : unknown) &
  (ShapeOf<Name> extends { waits: true } ? WaitOptions : unknown);

export type AnyOptions = CallOptions & RepeatOptions & TagOptions & WaitOptions;

/** What a call takes: its input may be left out where nothing of it is required. */
export type Arguments<Name extends OperationName> =
  Record<never, never> extends Input<Name>
    ? [input?: Input<Name>, options?: OptionsOf<Name>]
    : [input: Input<Name>, options?: OptionsOf<Name>];
