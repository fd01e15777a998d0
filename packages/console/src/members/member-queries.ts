import type { Answer } from '@keyrack/sdk';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';

export type Member = Answer<'getMember'>;
export type Role = Member['role'];
/** What somebody may be at a property; most are the first. */
export const ROLES = ['receptionist', 'administrator', 'auditor'] as const satisfies readonly Role[];
export type Person = Answer<'listPersons'>['data'][number];
export type AuditRecord = Answer<'listAuditRecords'>['data'][number];

export const membersKey = (property: string) => ['members', property] as const;

/** All members, also those who have left. */
export function membersOf(property: string) {
  return queryOptions({
    queryKey: membersKey(property),
    queryFn: ({ signal }) => keyrack.members.list({ property, limit: 200 }, { signal }).toArray(),
  });
}

/** What a member did last, the newest first. */
export function useDeeds(property: string, member: string, allowed: boolean) {
  return useQuery({
    queryKey: ['audit', property, 'member', member],
    enabled: allowed,
    async queryFn({ signal }) {
      const given = { property, actor: `member ${member}`, limit: 20 };
      return (await keyrack.auditRecords.list(given, { signal })).data;
    },
  });
}

/** The persons of the installation, for its owners alone. */
export function usePersons(allowed: boolean) {
  return useQuery({
    queryKey: ['persons'],
    enabled: allowed,
    queryFn: ({ signal }) => keyrack.persons.list({ limit: 200 }, { signal }).toArray(),
  });
}
