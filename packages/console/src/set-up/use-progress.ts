import { queryOptions, useQuery } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { type Desk, desksOf } from '../front-desks/desk-queries.ts';
import { type Done, doneSteps, type SetUpFacts } from './steps.ts';

/** The most that is counted: the list of steps says how many there are, and from here on that there are many. */
const COUNTED = 200;

const roomsOf = (property: string) =>
  queryOptions({
    queryKey: ['places', property, 'count'],
    queryFn: async () => {
      let count = 0;
      for await (const _room of keyrack.rooms.list({ property, limit: COUNTED })) count += 1;
      return count;
    },
  });

/** The front desks as other pages know them, whose presence comes by the live stream; without those that were revoked. */
export const desksOfSetUp = (property: string) => ({
  ...desksOf(property),
  select: (desks: readonly Desk[]) => desks.filter(({ state }) => state !== 'revoked'),
});

export const membersOfSetUp = (property: string) =>
  queryOptions({
    queryKey: ['members', property, 'set-up'],
    queryFn: async () => (await keyrack.call('listMembers', { property, active: true, limit: COUNTED })).data,
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
  const rooms = useQuery({ ...roomsOf(property), enabled });
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
