import type { z } from 'zod';
import { pathOfUnportable } from '../domain/portable-text.ts';
import { type FieldError, ProblemError } from './problems.ts';

type Part = FieldError['in'];

/** A part of a request as its schema wants it. Throws what is wrong with it, all of it at once. */
export function validate(part: Part, schema: z.ZodType | undefined, value: unknown): unknown {
  const unportable = pathOfUnportable(value);
  if (unportable !== null) {
    const detail = 'holds NUL or half a surrogate pair, which no text has; leave it out';
    throw new ProblemError('invalid-request', { errors: [{ in: part, path: unportable.join('.'), detail }] });
  }
  if (schema === undefined) return value === undefined ? undefined : refuseAll(part, value);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, MOST_ERRORS).map((issue) => errorOf(part, issue));
  throw new ProblemError('invalid-request', { errors });
}

/** A wrong list of ten thousand rooms is told by its first ones. */
const MOST_ERRORS = 50;

function errorOf(part: Part, issue: z.core.$ZodIssue): FieldError {
  return { in: part, path: issue.path.map(String).join('.'), detail: issue.message };
}

/** What an endpoint doesn't take at all, it refuses. */
function refuseAll(part: Part, value: unknown): undefined {
  const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : null;
  if (names?.length === 0) return undefined;
  const errors = (names ?? ['']).slice(0, MOST_ERRORS).map((path) => ({
    in: part,
    path,
    detail: 'is not known here; leave it out',
  }));
  throw new ProblemError('invalid-request', { errors });
}

/** A body of JSON in UTF-8. Throws where it isn't. */
export function readJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  const value = parse(bytes);
  if (value === undefined) throw wrongBody('is no JSON in UTF-8');
  if (isDeeper(value, MOST_LEVELS)) throw wrongBody(`nests deeper than ${MOST_LEVELS} levels`);
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Levels of a body, far more than any request has. Whatever walks through values calls itself for each. */
const MOST_LEVELS = 32;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

function wrongBody(detail: string): ProblemError {
  return new ProblemError('invalid-request', { errors: [{ in: 'body', path: '', detail }] });
}
