import type { AgentId, Mac } from '@keyrack/protocol';
import type { Clock } from '../runtime/clock.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';

/** An encoder that another agent names too, and whose owner hasn't been heard since. */
export interface SilentOwner {
  readonly propertyId: string;
  readonly mac: Mac;
  readonly owner: AgentId;
}

/** Watches the owners of encoders that another agent names too: an owner that stays silent loses the encoder. */
export interface SilentOwners {
  /** An encoder may have begun to be claimed, or ceased to be. */
  note(changes: readonly OwnerChange[]): void;
  /** The agent said something, on a connection that has told of these encoders. */
  heard(agentId: AgentId, named: readonly { readonly mac: Mac }[]): void;
  /** The wait for this owner is over. */
  over(silent: SilentOwner): void;
  /**
   * To be called every few seconds: the owners heard since the last time, and those that were silent for too long. An
   * agent's word counts with the next beat, since it may say that the encoder is gone, and that is recorded by then.
   */
  beat(): { readonly heard: readonly AgentId[]; readonly silent: readonly SilentOwner[] };
}

export interface SilenceLimits {
  /** An owner that isn't heard for this long loses the encoder. Milliseconds. */
  readonly silenceMs: number;
  /** Most time that one beat counts. Without it, a standstill of this server would count as silence. Milliseconds. */
  readonly mostPerBeatMs: number;
}

/**
 * Measures silence by the monotonic clock, which nobody can set. A claim is durable and the wait isn't: after a restart the
 * wait begins anew when one of the two agents names the encoder again.
 */
export function createSilentOwners(
  clock: Pick<Clock, 'monotonic'>,
  { silenceMs, mostPerBeatMs }: SilenceLimits,
): SilentOwners {
  const waits = new Map<string, SilentOwner & { countedAt: number; waitedMs: number; heard: boolean }>();
  return {
    note(changes) {
      for (const { propertyId, mac, owner, ownership } of changes) {
        const key = `${propertyId} ${mac}`;
        if (ownership !== 'claimed' || owner === null) waits.delete(key);
        else if (waits.get(key)?.owner !== owner)
          waits.set(key, { propertyId, mac, owner, countedAt: clock.monotonic(), waitedMs: 0, heard: false });
      }
    },
    heard(agentId, named) {
      for (const wait of waits.values()) {
        if (wait.owner === agentId && named.some(({ mac }) => mac === wait.mac)) wait.heard = true;
      }
    },
    over({ propertyId, mac, owner }) {
      const key = `${propertyId} ${mac}`;
      if (waits.get(key)?.owner === owner) waits.delete(key);
    },
    beat() {
      const now = clock.monotonic();
      const heard = new Set<AgentId>();
      for (const wait of waits.values()) {
        wait.waitedMs = wait.heard ? 0 : wait.waitedMs + Math.min(now - wait.countedAt, mostPerBeatMs);
        wait.countedAt = now;
        if (wait.heard) heard.add(wait.owner);
        wait.heard = false;
      }
      return { heard: [...heard], silent: [...waits.values()].filter(({ waitedMs }) => waitedMs >= silenceMs) };
    },
  };
}
