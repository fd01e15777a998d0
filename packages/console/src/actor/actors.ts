import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import type { Right } from '../session/myself.ts';

/** Somebody or something that may have done something at a property. */
export interface Actor {
  readonly kind: 'member' | 'apiKey' | 'agent';
  readonly id: string;
  readonly name: string;
}

/** Those who may have done something at a property, as far as the reader may know of them. An owner knows also keys of other properties. */
export const actorsOf = (property: string, can: (right: Right) => boolean) =>
  queryOptions({
    queryKey: ['members', property, 'actors'],
    async queryFn(): Promise<Actor[]> {
      const members = can('members.read') ? await keyrack.members.list({ property, limit: 200 }).toArray() : [];
      const keys = can('apiKeys.read') ? await keyrack.apiKeys.list({ limit: 200 }).toArray() : [];
      const agents = can('agents.read') ? await keyrack.agents.list({ property, limit: 200 }).toArray() : [];
      const of = (kind: Actor['kind'], all: readonly { readonly id: string; readonly name: string }[]) =>
        all.map(({ id, name }) => ({ kind, id, name }));
      return [
        ...of('member', members),
        ...of(
          'apiKey',
          keys.filter(({ properties }) => properties === 'all' || properties.includes(property)),
        ),
        ...of('agent', agents),
      ];
    },
  });
