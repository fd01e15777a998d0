/** How clients spell the fields of a request (docs/room-card-api.md, "Every request"): one entry for each way. */

type Fields = Readonly<Record<string, string>>;

export interface SpeltBody {
  /** Undefined where the request has no such header. */
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

export interface BodyForm {
  readonly name: string;
  spell(fields: Fields): SpeltBody;
}

export const FORM_TYPE = 'application/x-www-form-urlencoded';
/** As the published pages and their samples have it. */
export const MISSPELT_TYPE = 'application/x-www-form-urlencode;charset=uft-8';
export const JSON_TYPE = 'application/json';
/** No value of a test has it. */
export const BOUNDARY = '------------------------d74496d66958873e';
export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const MARK = '\ufeff';

const urlEncoded = (fields: Fields) => new URLSearchParams(fields).toString();
const spelt = (contentType: string | undefined, text: string): SpeltBody => ({ contentType, body: Buffer.from(text) });

/** A body of parts, each with a head of its own. */
export function multipart(parts: readonly (readonly [head: string, value: string])[], boundary = BOUNDARY): string {
  return `${parts.map(([head, value]) => `--${boundary}\r\n${head}\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`;
}

/** As curl, browsers and most libraries write it. */
export function plainParts(fields: Fields): string {
  return multipart(
    Object.entries(fields).map(([name, value]) => [`Content-Disposition: form-data; name="${name}"`, value]),
  );
}

/** JSON whose whole numbers have no quotes, and a field that is null. */
export function jsonWithNumbers(fields: Fields): string {
  const members = Object.entries(fields).map(([name, value]) => {
    const isWhole = /^(?:0|[1-9][0-9]{0,15})$/.test(value) && Number.isSafeInteger(Number(value));
    return `${JSON.stringify(name)}:${isWhole ? value : JSON.stringify(value)}`;
  });
  return `{${[...members, '"aFieldThatIsNull":null'].join(',')}}`;
}

export const BODY_FORMS: readonly BodyForm[] = [
  { name: 'a form', spell: (fields) => spelt(FORM_TYPE, urlEncoded(fields)) },
  { name: 'a form that says UTF-8', spell: (fields) => spelt(`${FORM_TYPE}; charset=UTF-8`, urlEncoded(fields)) },
  { name: 'a form with the misspelt header', spell: (fields) => spelt(MISSPELT_TYPE, urlEncoded(fields)) },
  {
    name: 'a form that says another character set',
    spell: (fields) => spelt(`${FORM_TYPE}; charset=GBK`, urlEncoded(fields)),
  },
  { name: 'a form as plain text', spell: (fields) => spelt('text/plain; charset=utf-8', urlEncoded(fields)) },
  { name: 'a form without a header', spell: (fields) => spelt(undefined, urlEncoded(fields)) },
  { name: 'a form with an empty header', spell: (fields) => spelt('', urlEncoded(fields)) },
  { name: 'a form with CRLF at the end', spell: (fields) => spelt(FORM_TYPE, `${urlEncoded(fields)}\r\n`) },
  { name: 'a form with LF at the end', spell: (fields) => spelt(FORM_TYPE, `${urlEncoded(fields)}\n`) },
  { name: 'a form behind a byte order mark', spell: (fields) => spelt(MISSPELT_TYPE, MARK + urlEncoded(fields)) },
  { name: 'multipart', spell: (fields) => spelt(MULTIPART_TYPE, plainParts(fields)) },
  {
    name: 'multipart without a line end, behind a byte order mark',
    spell: (fields) => spelt(MULTIPART_TYPE, MARK + plainParts(fields).trimEnd()),
  },
  {
    // HttpClient of .NET: names without quotes, a boundary with them, and a type for every part.
    name: 'multipart with typed parts',
    spell: (fields) => {
      const head = (name: string) =>
        `Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=${name}`;
      const parts = Object.entries(fields).map(([name, value]) => [head(name), value] as const);
      return spelt('multipart/form-data; boundary="a:b c"', multipart(parts, 'a:b c'));
    },
  },
  {
    // HttpClient of Apache and OkHttp.
    name: 'multipart with the headers of mail',
    spell: (fields) => {
      const parts = Object.entries(fields).map(
        ([name, value]) =>
          [
            `content-disposition: form-data; name="${name}"\r\ncontent-type: text/plain; charset=ISO-8859-1\r\n` +
              `content-transfer-encoding: 8bit\r\ncontent-length: ${Buffer.byteLength(value)}`,
            value,
          ] as const,
      );
      return spelt(MULTIPART_TYPE, multipart(parts));
    },
  },
  { name: 'JSON', spell: (fields) => spelt(JSON_TYPE, JSON.stringify(fields)) },
  { name: 'JSON with numbers and null', spell: (fields) => spelt(JSON_TYPE, jsonWithNumbers(fields)) },
  {
    name: 'JSON on many lines behind a byte order mark',
    spell: (fields) => spelt(`${JSON_TYPE};charset=uft-8;`, `${MARK}${JSON.stringify(fields, null, 2)}\r\n`),
  },
  { name: 'JSON with the misspelt header', spell: (fields) => spelt(MISSPELT_TYPE, JSON.stringify(fields)) },
  { name: 'JSON as plain text', spell: (fields) => spelt('text/plain', jsonWithNumbers(fields)) },
  { name: 'JSON without a header', spell: (fields) => spelt(undefined, JSON.stringify(fields)) },
];

export function bodyForm(name: string): BodyForm {
  const found = BODY_FORMS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no way to spell a body as ${name}`);
  return found;
}
