import { MIMEType } from 'node:util';
import type { HeaderProblem } from './header-error.ts';

/** What a request's Content-Type says of its body. */
export type BodyLabel =
  /** A form, or JSON where the body begins with a brace: the label of JSON in the published pages is that of a form. */
  | { readonly form: 'fields'; readonly charset: string | null }
  | { readonly form: 'json'; readonly charset: string | null }
  | { readonly form: 'multipart'; readonly boundary: string; readonly charset: string | null };

export type BodyLabelResult =
  | { readonly ok: true; readonly label: BodyLabel }
  | { readonly ok: false; readonly problem: HeaderProblem };

/** The labels under which clients send fields (docs/room-card-api.md, "Every request"). The second is misspelt. */
const FIELDS = ['application/x-www-form-urlencoded', 'application/x-www-form-urlencode', 'text/plain'];

/** Characters of a boundary by RFC 2046, section 5.1.1, which also bounds its length. */
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;

/**
 * Reads a Content-Type header. None is the same as an empty one, and says no more than `text/plain`.
 *
 * The character set is told and not judged: public clients write `uft-8`, so the bytes themselves must be UTF-8.
 */
export function readContentType(header: string | undefined): BodyLabelResult {
  if (header === undefined || header.trim() === '') return { ok: true, label: { form: 'fields', charset: null } };
  const type = parse(header);
  if (type === null) return { ok: false, problem: 'media-type' };
  const charset = type.params.get('charset');
  if (FIELDS.includes(type.essence)) return { ok: true, label: { form: 'fields', charset } };
  if (type.essence === 'application/json') return { ok: true, label: { form: 'json', charset } };
  if (type.essence !== 'multipart/form-data') return { ok: false, problem: 'media-type' };
  const boundary = type.params.get('boundary') ?? '';
  // With two boundaries, another reader on the way may have cut the body at the other one.
  const isNamedOnce = header.match(/;\s*boundary\s*=/gi)?.length === 1;
  if (!isNamedOnce || !BOUNDARY.test(boundary)) return { ok: false, problem: 'boundary' };
  return { ok: true, label: { form: 'multipart', boundary, charset } };
}

function parse(header: string): MIMEType | null {
  try {
    return new MIMEType(header);
  } catch {
    return null;
  }
}
