import { agentId } from '@keyrack/protocol';
import { z } from 'zod';
import { PAIRING } from '../domain/limits.ts';
import { deskCommand } from '../runtime/desk-command.ts';
import { drawPairingCode } from '../runtime/draw-pairing-code.ts';
import { ACTOR, CommandError, command, iso, property, propertyOf } from './command.ts';

/** Commands about agents: who there is, and who may act. */
export const AGENT_COMMANDS = {
  'agents-list': command(z.strictObject({ property }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const agents = await parts.read('listAgents', { propertyId });
    const disputes = await parts.read('listDisputes', { propertyId });
    const now = parts.clock.now();
    return agents.map(({ agent: { id, name, state, attention }, visit, encoders }) => {
      const connected = parts.isOnline(id);
      const seenAt = connected ? now : (visit?.seenAt ?? null);
      return {
        id,
        computer: name,
        state,
        connected,
        lastSeen: seenAt === null ? null : iso(seenAt),
        version: visit?.software ?? null,
        encoders: encoders.map(({ mac, name }) => ({ mac, name })),
        // Those that another agent has too, by the same MAC: see docs/encoders.md.
        disputed: disputes.filter(({ agents }) => agents.includes(id)).map(({ encoder }) => encoder),
        attention,
      };
    });
  }),

  'agents-pair': command(z.strictObject({ property, replaces: agentId.nullable() }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    for (;;) {
      const code = drawPairingCode();
      const now = parts.clock.now();
      const offered = await parts.run('offerPairing', {
        propertyId,
        code,
        replaces: input.replaces,
        actor: ACTOR,
        now,
      });
      if (offered === 'agent-unknown')
        throw new CommandError('This property has no such agent; see `keyrack agents list`.');
      if (offered === 'agent-revoked')
        throw new CommandError(
          'That agent was revoked, for good; pair a new one, without --replaces, and into another folder (--data).',
        );
      if (offered === 'offered') {
        return { code, validMinutes: PAIRING.validMs / 60_000, command: deskCommand(parts.address.agents, code) };
      }
    }
  }),

  'agents-revoke': command(z.strictObject({ property, agent: agentId }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const now = parts.clock.now();
    const { found, encoders } = await parts.run('revokeAgent', { propertyId, agentId: input.agent, actor: ACTOR, now });
    if (!found) throw new CommandError('This property has no such agent; see `keyrack agents list`.');
    parts.cutOff(input.agent, encoders);
    return { revoked: input.agent };
  }),
} as const;
