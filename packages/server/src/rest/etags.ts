import type { KnownTags } from '../domain/entity-tag.ts';
import { ProblemError } from './problems.ts';

/** A tag, or several with commas between them (RFC 9110, 8.8.3). Weak ones compare as no tag that is given out here. */
const TAGS = /^(?:W\/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]*")*$/;

/** Refuses the condition where nothing is compared: whoever sent it would believe that it held. */
export function refuseIfMatch(header: string | undefined): void {
  if (header === undefined) return;
  const detail = 'is not compared here; leave it out';
  throw new ProblemError('invalid-request', { errors: [{ in: 'header', path: 'If-Match', detail }] });
}

/** What `If-Match` says: null where it isn't sent, or any will do. */
export function readIfMatch(header: string | undefined): KnownTags {
  if (header === undefined || header.trim() === '*') return null;
  if (!TAGS.test(header.trim())) {
    const detail = 'is an ETag in its quotes, as an answer gave it';
    throw new ProblemError('invalid-request', { errors: [{ in: 'header', path: 'If-Match', detail }] });
  }
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
