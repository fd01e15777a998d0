import type { Answer, Operation } from '@keyrack/sdk';

type Encoder = Answer<'getEncoder'>;
type Told = Pick<Operation, 'id' | 'kind' | 'state' | 'encoder' | 'acceptedAt' | 'deadline'>;

/** Operations that the stream told last. An answer that was asked for before they changed is made true by them. */
export interface QueueNews {
  note(operations: readonly Told[]): void;
  /** Nothing of it counts any longer: the stream was cut, and what came meanwhile was told to nobody. */
  forget(): void;
  /** The encoders with what waits at each as it was told last; the same list where nothing differs. */
  applyTo(encoders: readonly Encoder[]): readonly Encoder[];
}

/** Many times more than change while an answer is on its way. */
const KEPT = 500;

export function createQueueNews(kept: number = KEPT): QueueNews {
  const told = new Map<string, Told>();
  return {
    note(operations) {
      for (const operation of operations) {
        const known = told.get(operation.id);
        // The stream and an answer may cross, and what has ended never goes back.
        if (known !== undefined && !isOpen(known) && isOpen(operation)) continue;
        told.delete(operation.id);
        told.set(operation.id, operation);
      }
      for (const id of told.keys()) {
        if (told.size <= kept) break;
        told.delete(id);
      }
    },
    forget: () => told.clear(),
    applyTo: (encoders) => withQueueNews(encoders, [...told.values()]),
  };
}

function withQueueNews(encoders: readonly Encoder[], told: readonly Told[]): readonly Encoder[] {
  const byEncoder = Map.groupBy(told, ({ encoder }) => encoder.id);
  const changed = encoders.map((encoder) => {
    const here = byEncoder.get(encoder.id) ?? [];
    const known = new Map(encoder.queue.map((entry) => [entry.operation, entry.state]));
    const isAsTold = here.every((one) => known.get(one.id) === (isOpen(one) ? one.state : undefined));
    if (isAsTold) return encoder;
    const ids = new Set(here.map(({ id }) => id));
    const queue = [
      ...encoder.queue.filter(({ operation }) => !ids.has(operation)),
      ...here.filter(isOpen).map(({ id, kind, state, acceptedAt, deadline }) => {
        return { operation: id, kind, state, acceptedAt, deadline };
      }),
    ];
    // Ids begin with the time of their request, by which they are carried out.
    return { ...encoder, queue: queue.sort((one, other) => (one.operation < other.operation ? -1 : 1)) };
  });
  return changed.every((encoder, at) => encoder === encoders[at]) ? encoders : changed;
}

function isOpen({ state }: Told): boolean {
  return state === 'accepted' || state === 'granted';
}
