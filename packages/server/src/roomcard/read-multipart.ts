import { Dicer } from '@fastify/busboy';
import type { FieldPair } from './field-pair.ts';
import type { ParameterError } from './parameter-error.ts';

const MALFORMED: ParameterError = { kind: 'multipart', parameter: null };

/** RFC 7578, section 4.2, and no parameter but the name. Some libraries leave out the quotes. */
const FIELD = /^form-data[ \t]*;[ \t]*name=(?:"([^"\\]*)"|([\w.!#$%&'*+^`|~-]+))$/i;
const NAME = /;[ \t]*name=(?:"([^"\\]*)"|([\w.!#$%&'*+^`|~-]+))/i;
const FILENAME = /;[ \t]*filename\*?[ \t]*=/i;
const TEXT = /^text\/plain[ \t]*(?:;|$)/i;
/** Transfer encodings that leave a value as it is. */
const AS_IT_IS = /^(?:7bit|8bit|binary)$/i;

/** More header lines than a body has bytes: the parser drops those beyond, and what was dropped can't be refused. */
const HEADER_PAIRS = 16 * 1024;

/**
 * Reads multipart/form-data that holds fields alone. The parser forgives text around the parts, and skips parts that it
 * doesn't know. Here every byte must belong to a field, so that nobody can read another request from it.
 */
export function readMultipart(text: string, boundary: string): FieldPair[] | ParameterError {
  const delimiter = `--${boundary}`;
  if (text === `${delimiter}--`) return [];
  if (!text.startsWith(delimiter) || !text.endsWith(`\r\n${delimiter}--`)) return MALFORMED;
  const parts = partsOf(Buffer.from(text), boundary);
  // Before the first delimiter stands nothing, and behind the last one its two dashes.
  if (parts.length !== `\r\n${text}`.split(`\r\n${delimiter}`).length - 2) return MALFORMED;
  const pairs: FieldPair[] = [];
  for (const { header, value } of parts) {
    const name = readHeader(header);
    if (typeof name !== 'string') return name;
    pairs.push([name, value]);
  }
  return pairs;
}

type PartHeader = Readonly<Record<string, readonly string[]>>;

interface Part {
  readonly header: PartHeader;
  readonly value: string;
}

/** The parts of a complete body. The parser works through what is written to it before `write` returns. */
function partsOf(body: Buffer, boundary: string): Part[] {
  const found: { readonly stream: Dicer.PartStream; header: PartHeader }[] = [];
  const parser = new Dicer({ boundary, maxHeaderPairs: HEADER_PAIRS });
  parser.on('part', (stream) => {
    const part = { stream, header: {} };
    found.push(part);
    stream.on('header', (header) => {
      part.header = header as PartHeader;
    });
  });
  parser.write(body);
  return found.map(({ stream, header }) => ({ header, value: stream.read()?.toString('utf8') ?? '' }));
}

/** The name of a field, or why the part isn't one. */
function readHeader(header: PartHeader): string | ParameterError {
  const [disposition = '', ...others] = header['content-disposition'] ?? [];
  if (FILENAME.test(disposition)) return { kind: 'file', parameter: nameIn(NAME, disposition) };
  const name = nameIn(FIELD, disposition.trim());
  if (name === null || others.length > 0) return MALFORMED;
  const types = header['content-type'] ?? [];
  if (types.length > 1 || !types.every((type) => TEXT.test(type.trim())))
    return { kind: 'part-header', parameter: name, header: 'Content-Type', value: types.join(', ') };
  const encodings = header['content-transfer-encoding'] ?? [];
  if (encodings.length > 1 || !encodings.every((encoding) => AS_IT_IS.test(encoding.trim())))
    return { kind: 'part-header', parameter: name, header: 'Content-Transfer-Encoding', value: encodings.join(', ') };
  return name;
}

/** The parser tells headers byte by byte, while the body is UTF-8. */
function nameIn(pattern: RegExp, disposition: string): string | null {
  const [, quoted, plain] = pattern.exec(disposition) ?? [];
  const name = quoted ?? plain;
  return name === undefined ? null : Buffer.from(name, 'latin1').toString('utf8');
}
