import { queryOptions, useQuery } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { type Desk, desksOf } from '../front-desks/desk-queries.ts';
import { type Member, membersOf } from '../members/member-queries.ts';
import { roomsOf } from '../room/room.ts';
import { type Done, doneSteps, type SetUpFacts } from './steps.ts';

/** The front desks as other pages know them, whose presence comes by the live stream; without those that were revoked. */
export const desksOfSetUp = (property: string) => ({
  ...desksOf(property),
  select: (desks: readonly Desk[]) => desks.filter(({ state }) => state !== 'revoked'),
});

/** Those who have not left. */
export const membersOfSetUp = (property: string) => ({
  ...membersOf(property),
  select: (members: readonly Member[]) => members.filter(({ active }) => active),
});

const firstIssue = (property: string) =>
  queryOptions({
    queryKey: ['operations', property, 'first-issue'],
    queryFn: async () => {
      const asked = { property, kind: 'issue', state: 'succeeded', limit: 1 } as const;
      for await (const _operation of keyrack.operations.list(asked)) return true;
      return false;
    },
  });

export interface Progress {
  readonly facts: SetUpFacts;
  /** Null until it is known. */
  readonly done: Done | null;
  readonly error: unknown;
}

/** How far the set-up of a property is, by what is there. */
export function useProgress(property: string, enabled = true): Progress {
  const rooms = useQuery({ ...roomsOf(property), enabled, select: ({ length }) => length });
  const desks = useQuery({ ...desksOfSetUp(property), enabled });
  const members = useQuery({ ...membersOfSetUp(property), enabled });
  const issued = useQuery({ ...firstIssue(property), enabled });
  const facts = {
    rooms: rooms.data ?? null,
    desks: desks.data?.length ?? null,
    members: members.data?.length ?? null,
    issued: issued.data ?? null,
  };
  return { facts, done: doneSteps(facts), error: rooms.error ?? desks.error ?? members.error ?? issued.error };
}
