import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { CommandFailure } from '../exit.ts';
import { withPath } from '../read-text.ts';

/** A line of a CSV file: its fields by the titles of their columns, and where it stands. */
export interface CsvLine {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** Bytes of a file that is read: rooms of a large property are a tenth of it. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The lines of a CSV file with these columns, in any order; those that are required must be there. Throws a CommandFailure
 * that says what is wrong with the file as a whole.
 */
export function readCsv(
  file: string,
  columns: { readonly required: readonly string[]; readonly optional: readonly string[] },
): CsvLine[] {
  const text = decode(readBytes(file), file);
  const known = [...columns.required, ...columns.optional];
  const example = `It begins with a line that names its columns: ${known.join(',')}.`;
  let titles: readonly string[] = [];
  try {
    const lines = parse(text, {
      // Spreadsheets of many countries write semicolons.
      delimiter: [',', ';', '\t'],
      bom: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count_less: true,
      columns: (given: string[]) => {
        titles = given;
        return given;
      },
    }) as unknown as { info: { lines: number }; record: Record<string, string> }[];
    const unknown = titles.find((title) => !known.includes(title));
    if (unknown !== undefined)
      throw new CommandFailure(`${file} has a column "${unknown}", which isn't known. ${example}`);
    const missing = columns.required.find((title) => !titles.includes(title));
    if (missing !== undefined) throw new CommandFailure(`${file} has no column ${missing}. ${example}`);
    const repeated = titles.find((title, at) => titles.indexOf(title) !== at);
    if (repeated !== undefined) throw new CommandFailure(`${file} has the column ${repeated} twice; leave one out.`);
    if (lines.length === 0) throw new CommandFailure(`${file} has no line below its titles.`);
    return lines.map(({ info, record }) => ({ line: info.lines, fields: withoutQuotes(record) }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CommandFailure(`${file} is no CSV: ${error.message}. ${example}`);
  }
}

/** What a spreadsheet would take for a formula, behind quotes that were put before it. Those of full width count, too. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Rows as CSV under the titles of their columns, so that a spreadsheet takes no field for a formula. */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): string {
  return stringify(rows as Record<string, unknown>[], {
    header: true,
    columns: [...columns],
    cast: {
      boolean: (value) => (value ? 'yes' : 'no'),
      string: (text) => (FORMULA.test(text) ? `'${text}` : text),
    },
  }).trimEnd();
}

/** `toCsv` puts one quote before a formula, and before quotes that stand before one: so one of them is no part of the text. */
function withoutQuotes(record: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(record).map(([title, text]) => [
    title,
    text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text,
  ]);
  return Object.fromEntries(entries);
}

export interface YesNo {
  readonly yes: readonly string[];
  readonly no: readonly string[];
}
const YES_NO: YesNo = { yes: ['yes', 'true', '1', 'y', '是'], no: ['no', 'false', '0', 'n', '否'] };

/** Yes or no as people and spreadsheets write it; null for neither. */
export function parseYesNo(text: string): boolean | null {
  const folded = text.toLowerCase();
  if (YES_NO.yes.includes(folded)) return true;
  return YES_NO.no.includes(folded) ? false : null;
}

function readBytes(file: string): Buffer {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MOST_BYTES) throw new CommandFailure(`${file} is larger than 16 MiB; cut it into several.`);
    return bytes;
  } catch (error) {
    throw withPath(error, file);
  }
}

/** UTF-8, or what spreadsheets in China write. */
function decode(bytes: Buffer, file: string): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  throw new CommandFailure(`${file} is neither UTF-8 nor GB 18030; save it as CSV UTF-8.`);
}
