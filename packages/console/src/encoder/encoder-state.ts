import type { Encoder } from './encoders.ts';

/**
 * Whether cards can be made there now. `busy`: others come first, so many. `disputed`: two front desks say that they have it.
 */
export type EncoderState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'busy'; readonly waiting: number }
  | { readonly kind: EncoderTroubleKind };
export type EncoderTroubleKind = 'away' | 'unplugged' | 'at-no-desk' | 'disputed';

export function encoderState({ presence, disputed, queue }: Encoder): EncoderState {
  if (disputed) return { kind: 'disputed' };
  switch (presence) {
    case 'connected':
      return queue.length > 0 ? { kind: 'busy', waiting: queue.length } : { kind: 'ready' };
    case 'desk-away':
      return { kind: 'away' };
    default:
      return { kind: presence };
  }
}

/** Why a request there has no chance; null where it has one. */
export function troubleOf(encoder: Encoder): EncoderTroubleKind | null {
  const { kind } = encoderState(encoder);
  return kind === 'ready' || kind === 'busy' ? null : kind;
}

/** Whether a request there has a chance. */
export function isUsable(encoder: Encoder): boolean {
  return troubleOf(encoder) === null;
}

/** The front desks that tell of it, its own first: in a dispute, those where somebody has to look. */
export function desksOf({ agent, others }: Pick<Encoder, 'agent' | 'others'>): readonly string[] {
  return [...(agent === null ? [] : [agent]), ...others].map(({ name }) => name);
}

/** The encoder that this browser uses: what was chosen, or the only one that there is. Null: somebody has to choose. */
export function encoderToUse(encoders: readonly Encoder[], chosen: number | null): Encoder | null {
  const found = encoders.find(({ id }) => id === chosen);
  if (found !== undefined) return found;
  const usable = encoders.filter(isUsable);
  return usable.length === 1 ? (usable[0] ?? null) : null;
}

/** Those to choose from: what can be used first, then by name. */
export function inOrderOfUse(encoders: readonly Encoder[]): readonly Encoder[] {
  return [...encoders].sort(
    (one, other) => Number(isUsable(other)) - Number(isUsable(one)) || one.name.localeCompare(other.name),
  );
}

/** How many are carried out before this operation there; null where the encoder doesn't tell of it. */
export function aheadOf(encoder: Encoder, operation: string): number | null {
  const place = encoder.queue.findIndex((each) => each.operation === operation);
  return place === -1 ? null : place;
}
