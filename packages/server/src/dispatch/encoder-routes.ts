import type { EncoderInfo, Mac } from '@keyrack/protocol';
import type { AgentSession } from './agent-session.ts';

/** Which connection drives which encoder now, by what agents tell. The newest word about an encoder counts. */
export interface EncoderRoutes {
  /** Undefined where no connected agent has that encoder. */
  sessionAt(propertyId: string, encoder: Mac): AgentSession | undefined;
  /** The session has all that it tells of. */
  claim(propertyId: string, session: AgentSession): void;
  /**
   * The session has these no longer. Another one that tells of them too claims them anew: it may have lost them to this
   * one, whose agent hadn't noticed yet that the encoder was carried away.
   */
  release(
    propertyId: string,
    session: AgentSession,
    gone: readonly EncoderInfo[],
    others: Iterable<AgentSession>,
  ): void;
}

export function createEncoderRoutes(): EncoderRoutes {
  const routes = new Map<string, AgentSession>();
  const keyOf = (propertyId: string, encoder: Mac) => `${propertyId} ${encoder}`;
  return {
    sessionAt: (propertyId, encoder) => routes.get(keyOf(propertyId, encoder)),
    claim(propertyId, session) {
      for (const { mac } of session.encoders()) routes.set(keyOf(propertyId, mac), session);
    },
    release(propertyId, session, gone, others) {
      for (const { mac } of gone) {
        const key = keyOf(propertyId, mac);
        if (routes.get(key) === session) routes.delete(key);
        for (const other of others) {
          if (other !== session && other.encoders().some((each) => each.mac === mac)) other.claimEncoders();
        }
      }
    },
  };
}
