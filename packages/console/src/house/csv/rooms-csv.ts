import type { Answer } from '@keyrack/sdk';
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { stringify } from 'csv-stringify/browser/esm/sync';

type Room = Answer<'getRoom'>;

/** Rooms as CSV, in the same columns as `keyrack rooms export` and `rooms import`. */

export const REQUIRED = ['building', 'floor', 'number', 'lockType'] as const;

/** In the order in which a person would read them. */
export const COLUMNS = [
  ...(['building', 'buildingName', 'floor', 'floorName', 'number', 'name'] as const),
  ...(['lockType', 'gateway', 'lockNumber', 'keyVersion'] as const),
] as const;
export type CsvColumn = (typeof COLUMNS)[number];

/** A line of a file: its fields by the titles of their columns, and where it stands. */
export interface CsvLine {
  readonly line: number;
  readonly fields: Readonly<Partial<Record<CsvColumn, string>>>;
}

/** A quotation mark that no other closes, or one in the middle of a field; more fields than titles; or anything else. */
type CsvFault = 'open-quote' | 'stray-quote' | 'too-many-fields' | 'no-csv';

const FAULTS: Readonly<Partial<Record<string, CsvFault>>> = {
  CSV_QUOTE_NOT_CLOSED: 'open-quote',
  CSV_INVALID_CLOSING_QUOTE: 'stray-quote',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'stray-quote',
  INVALID_OPENING_QUOTE: 'stray-quote',
  CSV_RECORD_INCONSISTENT_COLUMNS: 'too-many-fields',
};

export type ReadCsv =
  | { readonly is: 'read'; readonly lines: readonly CsvLine[] }
  | { readonly is: 'empty' | 'no-text' | 'too-large' | 'too-many' }
  /** `line` is where it begins. */
  | { readonly is: CsvFault; readonly line: number }
  | { readonly is: 'unknown-column' | 'missing-column' | 'repeated-column'; readonly column: string };

/** Bytes of a file, and lines of one import, as the server takes them. */
export const MOST = { bytes: 4 * 1024 * 1024, lines: 10_000 } as const;

/** What a spreadsheet would take for a formula, behind quotes that were put before it. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Reads a file, whatever spreadsheet wrote it: commas, semicolons or tabs; UTF-8 or what those in China write. */
export function readRoomsCsv(bytes: Uint8Array): ReadCsv {
  if (bytes.length > MOST.bytes) return { is: 'too-large' };
  const text = decode(bytes);
  if (text === null) return { is: 'no-text' };
  let titles: readonly string[] = [];
  /** Lines up to the last record that was read whole. */
  let wholeLines = 0;
  let records: { info: { lines: number }; record: Record<string, string> }[];
  try {
    records = parse(text, {
      delimiter: [',', ';', '\t'],
      bom: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count_less: true,
      columns: (given: string[]) => {
        titles = given;
        wholeLines = 1;
        return given;
      },
      on_record(record, { lines }) {
        wholeLines = lines;
        return record;
      },
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const is = FAULTS[error.code] ?? 'no-csv';
    // The parser names the line in which the file ends, and a person needs the one with the mark.
    const line = is === 'open-quote' ? firstWritten(text, wholeLines) : Number(error.lines ?? wholeLines + 1);
    return { is, line };
  }
  const known: readonly string[] = COLUMNS;
  const unknown = titles.find((title) => !known.includes(title));
  if (unknown !== undefined) return { is: 'unknown-column', column: unknown };
  const missing = REQUIRED.find((title) => !titles.includes(title));
  if (missing !== undefined) return { is: 'missing-column', column: missing };
  const repeated = titles.find((title, at) => titles.indexOf(title) !== at);
  if (repeated !== undefined) return { is: 'repeated-column', column: repeated };
  if (records.length === 0) return { is: 'empty' };
  if (records.length > MOST.lines) return { is: 'too-many' };
  return {
    is: 'read',
    lines: records.map(({ info, record }) => ({ line: info.lines, fields: withoutQuotes(record) })),
  };
}

/** The first line behind so many that isn't empty, counted from 1. */
function firstWritten(text: string, behind: number): number {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.findIndex((line, at) => at >= behind && line.trim() !== '') + 1;
}

/** All rooms, so that a spreadsheet takes no field for a formula and the same import reads them back. */
export function writeRoomsCsv(rooms: readonly Room[]): string {
  const rows = rooms.map(({ building, floor, number, name, lock }): Record<CsvColumn, string> => {
    const named = { buildingName: building.name, floorName: floor.name, name };
    return {
      ...Object.fromEntries(Object.entries(named).map(([title, text]) => [title, quoted(text)])),
      building: building.number,
      floor: floor.number,
      number,
      lockType: lock.type,
      gateway: lock.gateway ? 'yes' : 'no',
      lockNumber: String(lock.number),
      keyVersion: lock.keyVersion === null ? '' : String(lock.keyVersion),
    } as Record<CsvColumn, string>;
  });
  return stringify(rows, { header: true, columns: [...COLUMNS] });
}

function quoted(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function withoutQuotes(record: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(record).map(([title, text]) => [
    title,
    text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text,
  ]);
  return Object.fromEntries(entries);
}

function decode(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return null;
}
