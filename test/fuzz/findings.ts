import type { Input } from './target.ts';

/** What must not happen. */
export interface Figures {
  /** Exceptions, wrong answers, and errors that a program under fuzz logged. */
  crashes: number;
  fiveHundreds: number;
  slow: number;
  /** Connections that the other end ended, or should have, and holds all the same. */
  kept: number;
  /** Processes that ended by themselves. */
  deaths: number;
}

export type Kind = keyof Figures;

export interface Findings {
  readonly figures: Readonly<Figures>;
  /** Counts it, and tells the first few of its kind with the input that was fed when it was seen. */
  note(kind: Kind, where: string, input: Input | null, detail: string, count?: number): void;
}

/** Findings of one kind at one place that are shown in full. */
const SHOWN = 5;
const SHOWN_CHARACTERS = 2_000;

export function createFindings(say: (text: string) => void): Findings {
  const figures: Figures = { crashes: 0, fiveHundreds: 0, slow: 0, kept: 0, deaths: 0 };
  const shown = new Map<string, number>();
  return {
    figures,
    note(kind, where, input, detail, count = 1) {
      figures[kind] += count;
      const times = (shown.get(`${kind} ${where}`) ?? 0) + 1;
      shown.set(`${kind} ${where}`, times);
      if (times <= SHOWN) say(`${NAMES[kind]} at ${where}: ${detail}\n  input: ${show(input)}`);
    },
  };
}

const NAMES: Readonly<Record<Kind, string>> = {
  crashes: 'crash',
  fiveHundreds: '5xx',
  slow: 'slow',
  kept: 'kept',
  deaths: 'death',
};

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function show(input: Input | null, characters = SHOWN_CHARACTERS): string {
  if (input === null) return 'none';
  const text = typeof input.shown === 'string' ? input.shown : Buffer.from(input.shown).toString('latin1');
  return JSON.stringify(text.length > characters ? `${text.slice(0, characters)}…` : text);
}
