import type { AgentId } from '@keyrack/protocol';
import type { Agent } from './places.ts';
import { ageOf } from './stamp-age.ts';

/** A front desk that was connected before and isn't now. */
export interface AgentAbsence {
  readonly propertyId: string;
  readonly agentId: AgentId;
  /** Since when nobody has heard of it. Unix milliseconds. */
  readonly since: number;
  /** Whether people were told: they are told once, and of its return only then. */
  readonly told: boolean;
}

export type AbsenceVerdict =
  | 'wait'
  | 'tell'
  /** It is connected, or must not come again: a suspended or revoked one was told of already. */
  | 'over'
  /** The clock was set back since it left, so nobody knows how long that is. */
  | 'count-anew';

/** What to do about an absence by now. `afterMs`: how long it may last before people are told. */
export function judgeAbsence(
  { since, told }: Pick<AgentAbsence, 'since' | 'told'>,
  {
    state,
    isConnected,
    now,
    afterMs,
  }: {
    readonly state: Agent['state'];
    readonly isConnected: boolean;
    readonly now: number;
    readonly afterMs: number;
  },
): AbsenceVerdict {
  if (state !== 'active' || isConnected) return 'over';
  if (told) return 'wait';
  const age = ageOf(since, now);
  if (age === null) return 'count-anew';
  return age < afterMs ? 'wait' : 'tell';
}
