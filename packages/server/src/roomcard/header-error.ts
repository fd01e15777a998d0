/** What is wrong with a header of a request, so that its body can't be read. */
export interface HeaderError {
  readonly header: 'Content-Type' | 'Content-Encoding';
  /** As it was sent. */
  readonly value: string;
  readonly problem: HeaderProblem;
}

export type HeaderProblem =
  /** It names none of the media types that are taken. */
  | 'media-type'
  /** It names another character set, and the bytes aren't UTF-8. */
  | 'not-utf-8'
  /** A multipart body whose parts can't be told apart. */
  | 'boundary'
  | 'repeated'
  | 'compressed';

/** One sentence that names the header and its value, and says what to do. */
export function explainHeader({ header, value, problem }: HeaderError): string {
  const is = `${header} is "${shownValue(value)}"`;
  switch (problem) {
    case 'media-type':
      return `${is}; send application/x-www-form-urlencoded, multipart/form-data or application/json.`;
    case 'not-utf-8':
      return `${is} and the body is not UTF-8; send the body in UTF-8.`;
    case 'boundary':
      return `${is}, which names no usable boundary; let a form library write this header.`;
    case 'repeated':
      return `${header} is there more than once, as "${shownValue(value)}"; send it once.`;
    case 'compressed':
      return `${is}; send the body as it is, without this header.`;
  }
}

/** Characters of a header's value that an answer repeats. */
const SHOWN_CHARACTERS = 100;

/** A header's value as an answer may repeat it: short, and of printable ASCII alone. */
export function shownValue(value: string): string {
  const printable = value.replace(/[^\x20-\x7e]/g, '?');
  return printable.length > SHOWN_CHARACTERS ? `${printable.slice(0, SHOWN_CHARACTERS)}...` : printable;
}
