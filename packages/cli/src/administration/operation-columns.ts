import type { Answer, Operation } from '@keyrack/sdk';
import type { Column } from '../output/table.ts';
import { clockOf } from './times.ts';

/** Operations as people read them, by the clocks of the property. */
export function operationColumns(timeZone: string): Column<Operation>[] {
  return [
    { title: 'ACCEPTED', of: ({ acceptedAt }) => clockOf(acceptedAt, timeZone), whole: true },
    { title: 'KIND', of: ({ kind, copy }) => (copy === null ? kind : `${kind} ${copy.number} of ${copy.of}`) },
    { title: 'STATE', of: ({ state }) => state },
    { title: 'CAUSE', of: ({ cause }) => cause },
    { title: 'ROOM', of: ({ room }) => room?.name },
    { title: 'CARD', of: ({ serial }) => serial },
    { title: 'ENCODER', of: ({ encoder }) => encoder.name ?? encoder.mac },
    { title: 'ID', of: ({ id }) => id, whole: true },
  ];
}

type Step = Answer<'getOperationSteps'>['data'][number];

/** The steps of an operation, with who did each. */
export function stepColumns(timeZone: string): Column<Step>[] {
  return [
    { title: 'AT', of: ({ at }) => clockOf(at, timeZone), whole: true },
    { title: 'STEP', of: ({ step, state }) => (step === 'ended' ? state : step) },
    { title: 'BY', of: ({ actor }) => [actor.kind, actor.name ?? actor.id].filter((part) => part !== null).join(' ') },
    { title: 'CARD', of: ({ serial }) => serial },
    { title: 'CAUSE', of: ({ cause }) => cause },
  ];
}
