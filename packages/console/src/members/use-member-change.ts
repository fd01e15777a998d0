import { type Input, responseOf } from '@keyrack/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { keepAnswer } from '../api/keep-answer.ts';
import { keyrack } from '../api/keyrack.ts';
import { serverNow } from '../time/server-clock.ts';
import { type Member, membersKey } from './member-queries.ts';

export type MemberChanges = Omit<Input<'changeMember'>, 'property' | 'member'>;

/** What became of the last change of each member, told in their row and panel. */
export type Effect =
  | { readonly kind: 'busy' }
  | { readonly kind: 'issuing'; readonly on: boolean; readonly at: number }
  | { readonly kind: 'active'; readonly active: boolean; readonly at: number }
  | { readonly kind: 'role' | 'changed'; readonly at: number }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Changes members at once, and keeps what that did. */
export function useMemberChange(property: string) {
  const client = useQueryClient();
  const [effects, setEffects] = useState<ReadonlyMap<string, Effect>>(new Map());
  const note = useCallback((member: string, effect: Effect | null) => {
    setEffects((before) => {
      const after = new Map(before);
      if (effect === null) after.delete(member);
      else after.set(member, effect);
      return after;
    });
  }, []);
  const put = useCallback(
    (member: Member) => {
      keepAnswer<readonly Member[]>(client, membersKey(property), (known) =>
        known?.map((each) => (each.id === member.id ? member : each)),
      );
    },
    [client, property],
  );
  const change = useCallback(
    async (member: Member, changes: MemberChanges) => {
      note(member.id, { kind: 'busy' });
      try {
        const changed = await keyrack.members.change({ property, member: member.id, ...changes });
        put(changed);
        note(member.id, effectOf(changes, timeOfAnswer(changed)));
        return changed;
      } catch (error) {
        note(member.id, { kind: 'failed', error });
        // Somebody may have changed them meanwhile: what is shown is what is true.
        await client.invalidateQueries({ queryKey: membersKey(property) });
        return null;
      }
    },
    [property, put, note, client],
  );
  return { effects, change, put, note };
}

function effectOf(changes: MemberChanges, at: number): Effect {
  if (changes.issuingPermission !== undefined && changes.role === undefined)
    return { kind: 'issuing', on: changes.issuingPermission, at };
  if (changes.active !== undefined) return { kind: 'active', active: changes.active, at };
  return { kind: changes.role === undefined ? 'changed' : 'role', at };
}

/** When the server did it, by its clock. Unix milliseconds. */
function timeOfAnswer(answer: object): number {
  const date = Date.parse(responseOf(answer)?.headers.get('date') ?? '');
  return Number.isNaN(date) ? serverNow() : date;
}
