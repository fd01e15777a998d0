import type { EncoderInfo, Mac } from '@keyrack/protocol';
import type { AgentSession } from './agent-session.ts';

/**
 * Which connections tell of which encoder. Where there is more than one, the database says whose the encoder is
 * (`domain/encoder-owner.ts`): all of them are asked to look, and at most one finds something to do.
 */
export interface EncoderRoutes {
  sessionsAt(propertyId: string, encoder: Mac): readonly AgentSession[];
  /** The session has all that it tells of. */
  add(propertyId: string, session: AgentSession): void;
  /** The session has these no longer. */
  remove(propertyId: string, session: AgentSession, gone: readonly EncoderInfo[]): void;
}

export function createEncoderRoutes(): EncoderRoutes {
  const routes = new Map<string, readonly AgentSession[]>();
  const keyOf = (propertyId: string, encoder: Mac) => `${propertyId} ${encoder}`;
  return {
    sessionsAt: (propertyId, encoder) => routes.get(keyOf(propertyId, encoder)) ?? [],
    add(propertyId, session) {
      for (const { mac } of session.encoders()) {
        const key = keyOf(propertyId, mac);
        const known = routes.get(key) ?? [];
        if (!known.includes(session)) routes.set(key, [...known, session]);
      }
    },
    remove(propertyId, session, gone) {
      for (const { mac } of gone) {
        const key = keyOf(propertyId, mac);
        const others = routes.get(key)?.filter((each) => each !== session) ?? [];
        if (others.length === 0) routes.delete(key);
        else routes.set(key, others);
      }
    },
  };
}
