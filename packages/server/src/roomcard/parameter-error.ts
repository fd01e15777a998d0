import { shownValue } from './header-error.ts';

/**
 * What is wrong with a request's parameters. `parameter` is the name as sent, or null where none can be told. No
 * parameter's value is ever part of it: values may be secrets.
 */
export type ParameterError =
  /** The body isn't valid UTF-8, or not valid percent-encoding. */
  | { readonly kind: 'encoding'; readonly parameter: string | null }
  | { readonly kind: 'json'; readonly parameter: null }
  /** The body isn't multipart/form-data, or holds something besides fields. */
  | { readonly kind: 'multipart'; readonly parameter: null }
  | { readonly kind: 'file'; readonly parameter: string | null }
  /** A part of a multipart body that isn't plain text. */
  | {
      readonly kind: 'part-header';
      readonly parameter: string;
      readonly header: 'Content-Type' | 'Content-Transfer-Encoding';
      readonly value: string;
    }
  | { readonly kind: 'too-many'; readonly parameter: null }
  | { readonly kind: 'repeated'; readonly parameter: string }
  | { readonly kind: 'too-long'; readonly parameter: string }
  | { readonly kind: 'control-character'; readonly parameter: string }
  /** A JSON boolean, list or object, or a number that isn't a whole one in digits alone. */
  | { readonly kind: 'not-a-string'; readonly parameter: string }
  | { readonly kind: 'missing'; readonly parameter: string }
  | { readonly kind: 'malformed'; readonly parameter: string; readonly expected: string }
  /** Neither creatorMobile nor creatorEmail. */
  | { readonly kind: 'no-creator'; readonly parameter: 'creatorMobile' }
  /** creatorAreaCode or creatorMobile without the other. */
  | { readonly kind: 'half-a-phone'; readonly parameter: 'creatorAreaCode' | 'creatorMobile' };

/** One sentence that names the parameter and says what to do. */
export function explainParameter(error: ParameterError): string {
  const name = nameOf(error.parameter);
  switch (error.kind) {
    case 'encoding':
      return `${name} is not valid UTF-8 in valid percent-encoding; encode the body as a form library does.`;
    case 'json':
      return 'The body is not a JSON object; send one whose values are strings or whole numbers.';
    case 'multipart':
      return 'The body is not multipart/form-data of plain fields; let a form library write it.';
    case 'file':
      return `${name} has a filename in its Content-Disposition; send it as a plain field.`;
    case 'part-header':
      return `${name} has ${error.header} "${shownValue(error.value)}"; send its value as plain text, not encoded.`;
    case 'too-many':
      return 'The request has more than 40 parameters; send only those of the endpoint.';
    case 'repeated':
      return `${name} is there more than once; send it once.`;
    case 'too-long':
      return `${name} is longer than 1024 characters; shorten it.`;
    case 'control-character':
      return `${name} has a control character; take it out.`;
    case 'not-a-string':
      return `${name} is neither a string nor a whole number; put its value in quotes.`;
    case 'missing':
      return `${name} is missing; send it.`;
    case 'malformed':
      return `${name} must be ${error.expected}; correct it, and sign the value that you send.`;
    case 'no-creator':
      return 'The creator is missing; send creatorAreaCode and creatorMobile, or creatorEmail.';
    case 'half-a-phone':
      return `${name} is missing; send creatorAreaCode and creatorMobile together, or neither.`;
  }
}

/** A name is echoed only where it could be one: what else a client sends as a name is nobody's business. */
function nameOf(parameter: string | null): string {
  return parameter !== null && /^[A-Za-z][0-9A-Za-z]{0,39}$/.test(parameter) ? parameter : 'A parameter';
}
