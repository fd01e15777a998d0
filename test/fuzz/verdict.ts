import type { Figures } from './findings.ts';
import type { RightFigures } from './under-fuzz/right-requests.ts';

/**
 * What a process held, in bytes of resident memory: before any input, after the first part of a run, at its end, and at
 * its worst.
 */
export interface Memory {
  readonly name: string;
  readonly start: number;
  readonly first: number;
  readonly last: number;
  readonly peak: number;
  /** Open files and sockets that the end has more than the first part, with every client gone. Null where not told. */
  readonly descriptorsMore: number | null;
}

export interface Outcome {
  readonly inputs: number;
  readonly figures: Readonly<Figures>;
  readonly memory: readonly Memory[];
  /** Null where no program was under fuzz. */
  readonly right: Readonly<RightFigures> | null;
  /** What one of them may take, in milliseconds. */
  readonly rightWithinMs: number;
  /** Why the run ended before its time; null where it didn't. */
  readonly broken: string | null;
}

export const BOUNDS = {
  /** Of resident memory, from the first part of a run to its end. */
  growthPercent: 10,
  /** A shorter run begins to compare before its programs are warm: so much may be theirs in any case. Bytes. */
  warmingUp: 96 * 1024 * 1024,
  /** Above what it held before any input: strangers can't take more of it at any moment. Bytes. */
  peak: 256 * 1024 * 1024,
  descriptors: 20,
  rightMs: 2_000,
  /** Inputs from which on a run's first part is long enough for its programs to be warm. */
  warm: 1_000_000,
} as const;

/** The verdict on a run as its last line. Nothing is wrong where `reasons` is empty. */
export function verdictOn(outcome: Outcome): { readonly reasons: readonly string[]; readonly line: string } {
  const { inputs, figures, memory, right, broken } = outcome;
  const { crashes, fiveHundreds, slow, kept, deaths } = figures;
  const reasons = [
    ...(broken === null ? [] : [broken]),
    ...countReasons({ crashes, '5xx': fiveHundreds, slow, 'connections kept': kept, deaths }),
    ...memory.flatMap((each) => memoryReasons(each, inputs)),
    ...(right === null ? [] : rightReasons(right, outcome.rightWithinMs)),
  ];
  const grown = memory.map(({ name, first, last }) => `${name} ${percentText(first, last)}`).join(', ');
  const line = [
    `inputs ${inputs}, crashes ${crashes}, 5xx ${fiveHundreds}, slow ${slow}, kept ${kept}, deaths ${deaths}`,
    ...(memory.length === 0 ? [] : [`memory ${grown}`]),
    ...(right === null
      ? []
      : [`right requests ${right.answered}, failed ${right.failed}, slowest ${Math.round(right.worstMs)} ms`]),
  ].join('; ');
  return { reasons, line: reasons.length === 0 ? `held: ${line}` : `failed (${reasons.join('; ')}): ${line}` };
}

function countReasons(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`]));
}

function memoryReasons({ name, start, first, last, peak, descriptorsMore }: Memory, inputs: number): string[] {
  const percent = (100 * (last - first)) / first;
  const mayGrow = inputs < BOUNDS.warm ? BOUNDS.warmingUp : 0;
  return [
    ...(percent > BOUNDS.growthPercent && last - first > mayGrow
      ? [`memory of the ${name} grew by ${percent.toFixed(1)} %`]
      : []),
    ...(peak - start > BOUNDS.peak ? [`the ${name} held ${megabytes(peak)} at once`] : []),
    ...(descriptorsMore !== null && descriptorsMore > BOUNDS.descriptors
      ? [`the ${name} kept ${descriptorsMore} descriptors`]
      : []),
  ];
}

function rightReasons({ answered, failed, worstMs }: RightFigures, withinMs: number): string[] {
  return [
    ...(answered === 0 ? ['no right request was answered'] : []),
    ...(failed > 0 ? [`right requests failed ${failed}`] : []),
    ...(worstMs > withinMs ? [`a right request took ${Math.round(worstMs)} ms`] : []),
  ];
}

function percentText(first: number, last: number): string {
  const percent = (100 * (last - first)) / first;
  return `${percent >= 0 ? '+' : ''}${percent.toFixed(1)} %`;
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
