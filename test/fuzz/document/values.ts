import { programmerKeyOf } from '@keyrack/protocol';
import { EVENT_TYPE_NAMES } from '@keyrack/server/domain/events.ts';
import fc from 'fast-check';
import type { Chance } from '../../faults/chance.ts';

/** A schema of the document: JSON Schema as it was served. */
// biome-ignore lint/suspicious/noExplicitAny: a document is walked by names.
export type Schema = any;

/** What answers have shown so far, by the name of the field or placeholder that takes it. */
export interface Known {
  add(name: string, value: unknown): void;
  /** Never draws this value, e.g. since what it names must stay. */
  spare(value: unknown): void;
  /** It is gone. */
  drop(name: string, value: unknown): void;
  /** One of them that this schema takes; undefined where none was shown. */
  draw(chance: Chance, name: string, schema?: Schema): unknown;
}

/** Of each name that many are remembered: the first and the newest. */
const REMEMBERED = 60;

export function createKnown(): Known {
  const byName = new Map<string, unknown[]>();
  const spared = new Set<unknown>();
  return {
    add(name, value) {
      const known = byName.get(name) ?? [];
      if (known.includes(value) || spared.has(value)) return;
      byName.set(name, known);
      if (known.length >= REMEMBERED) known.splice(REMEMBERED / 2, 1);
      known.push(value);
    },
    spare: (value) => void spared.add(value),
    drop(name, value) {
      const left = byName.get(name)?.filter((each) => String(each) !== value) ?? [];
      if (left.length > 0) byName.set(name, left);
      else byName.delete(name);
    },
    draw(chance, name, schema) {
      const known = byName.get(name)?.filter((each) => schema === undefined || fits(schema, each)) ?? [];
      return known.length === 0 ? undefined : chance.of(known);
    },
  };
}

/** Texts of a pattern are slow to make up, so that each has a stock of them. */
const STOCK = 40;
/** How often a field gets what an answer has shown under its name. */
const KNOWN_SHARE = 0.9;

/** What the document can't say of a field: else nothing valid would ever be made of it. Undefined where it isn't this field. */
const HINTS: Readonly<Record<string, (chance: Chance, schema: Schema) => unknown>> = {
  timeZone: (chance) => chance.of(['Asia/Shanghai', 'Europe/Berlin', 'UTC', 'America/New_York']),
  validUntil: (chance) => new Date(Date.now() + chance.whole(1, 40) * DAY_MS).toISOString(),
  expiresAt: (chance) => new Date(Date.now() + chance.whole(1, 40) * DAY_MS).toISOString(),
  // Away for long, a front desk would be tried with nothing else.
  seconds: (chance) => chance.whole(1, 2),
  cause: (chance, { enum: causes = [''] }) => chance.of(causes.filter((each: unknown) => each !== 'outcome-open')),
  addressRanges: (chance) => chance.of([[], ['203.0.113.0/24'], ['2001:db8::/32', '198.51.100.7']]),
  keyVersion: () => 1,
  copies: (chance) => chance.whole(1, 3),
  url: (chance) => `http://127.0.0.1:9/hook${chance.whole(1, 9)}`,
  types: (chance, { type }) => {
    const types = [chance.of(EVENT_TYPE_NAMES), chance.of(EVENT_TYPE_NAMES)];
    return type === 'string' ? types.join(',') : types;
  },
  recipient: (chance) => programmerKeyOf(Uint8Array.from({ length: 32 }, () => chance.whole(0, 255))),
  // Of an event or a record: the first ones are there.
  number: (chance, { pattern }) => (pattern?.includes('{0,14}') ? String(chance.whole(1, 9)) : undefined),
  password: (chance) => `correct horse ${chance.whole(1, 1e6)}`,
};
/** How often a field that may be left out is there. */
const OPTIONAL_SHARE = 0.5;
const DAY_MS = 24 * 60 * 60_000;

/** Makes values that are valid by the document. */
export function valuesOf(document: Schema, seed: number, known: Known) {
  const stocks = new Map<string, readonly string[]>();
  const stockOf = (pattern: string): readonly string[] => {
    const made =
      stocks.get(pattern) ?? fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { seed, numRuns: STOCK });
    stocks.set(pattern, made);
    return made;
  };
  const resolve = (schema: Schema): Schema => {
    if (schema.$ref === undefined) return schema;
    const at = String(schema.$ref).slice(2).split('/');
    return resolve(at.reduce((node, name) => node[name], document));
  };

  function text(chance: Chance, { format, pattern, minLength = 0, maxLength = 40 }: Schema): string {
    switch (format) {
      case 'uuid':
        return stockOf('^019ac8d0-3f60-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$')[chance.whole(0, STOCK - 1)] as string;
      case 'date-time':
        return new Date(Date.now() + chance.whole(-30, 60) * DAY_MS).toISOString();
      case 'date':
        return new Date(Date.now() + chance.whole(-30, 60) * DAY_MS).toISOString().slice(0, 10);
      case 'email':
        return `a${chance.whole(1, 1e6)}@hotel.invalid`;
      case 'uri':
        // A name that leads nowhere (RFC 6761).
        return `https://hooks${chance.whole(1, 50)}.invalid/keyrack`;
    }
    if (pattern !== undefined) return chance.of(stockOf(pattern));
    const most = Math.max(minLength, Math.min(maxLength, 24));
    const length = chance.whole(Math.max(1, minLength), Math.max(1, most));
    return (
      Array.from({ length }, () => chance.of([...'abcdefgHIJK0123456789 房é']))
        .join('')
        .trim()
        .padEnd(minLength, 'x') || 'x'
    );
  }

  function number(chance: Chance, schema: Schema, isWhole: boolean): number {
    const least = schema.minimum ?? (schema.exclusiveMinimum ?? -1) + 1;
    const most = Math.min(schema.maximum ?? (schema.exclusiveMaximum ?? 1_001) - 1, least + 1_000);
    // Small ones most of the time: a wait or an outage is one of them.
    const drawn = chance.one(0.7) ? chance.whole(least, Math.min(most, least + 5)) : chance.whole(least, most);
    return isWhole ? drawn : drawn + chance.fraction();
  }

  function value(chance: Chance, given: Schema, name = ''): unknown {
    const schema = resolve(given);
    const hint = HINTS[name];
    const hinted = hint !== undefined && chance.one(KNOWN_SHARE) ? hint(chance, schema) : undefined;
    if (hinted !== undefined) return hinted;
    if (chance.one(KNOWN_SHARE) && name !== '') {
      const seen = known.draw(chance, name, schema);
      if (seen !== undefined) return seen;
    }
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return chance.of(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return value(chance, chance.of(choices as Schema[]), name);
    if (schema.allOf !== undefined)
      return Object.assign({}, ...schema.allOf.map((each: Schema) => value(chance, each)));
    switch (Array.isArray(schema.type) ? chance.of(schema.type) : schema.type) {
      case 'object':
        return object(chance, schema);
      case 'array': {
        const { minItems = 0, maxItems = 4 } = schema;
        const length = chance.whole(minItems, Math.max(minItems, Math.min(maxItems, 4)));
        return Array.from({ length }, () =>
          value(chance, schema.items ?? {}, name.replace(/ies$/, 'y').replace(/s$/, '')),
        );
      }
      case 'string':
        return text(chance, schema);
      case 'integer':
        return number(chance, schema, true);
      case 'number':
        return number(chance, schema, false);
      case 'boolean':
        return chance.one(0.5);
      case 'null':
        return null;
      default:
        return chance.of(['anything', 1, null, {}]);
    }
  }

  function object(chance: Chance, { properties = {}, required = [] }: Schema): Record<string, unknown> {
    const names = Object.keys(properties).filter((each) => required.includes(each) || chance.one(OPTIONAL_SHARE));
    return Object.fromEntries(names.map((each) => [each, value(chance, properties[each], each)]));
  }
  return value;
}

/** Whether a value that an answer has shown may be what this schema means. */
function fits(schema: Schema, value: unknown): boolean {
  // In an address, a number is a text.
  if (typeof value !== typeOf(schema) && !(schema.isPlace && typeof value === 'number')) return false;
  const { pattern, maxLength = Number.POSITIVE_INFINITY } = schema;
  const text = String(value);
  return text.length <= maxLength && (pattern === undefined || new RegExp(pattern, 'u').test(text));
}

function typeOf(schema: Schema): string {
  if (schema.type === 'integer') return 'number';
  if (schema.type !== undefined) return Array.isArray(schema.type) ? schema.type[0] : schema.type;
  const [first] = schema.anyOf ?? schema.oneOf ?? [{}];
  return first.type === 'integer' ? 'number' : (first.type ?? '');
}
