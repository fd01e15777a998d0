import type { AgentId } from '@keyrack/protocol';
import { z } from 'zod';
import { ATTENTION_KINDS, attentionKindOf } from '../../domain/agent-attention.ts';
import type { AgentDetail } from '../../queries/agents-page.ts';
import { id, time, timeOf } from '../fields.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError } from '../problems.ts';
import { judgeAgentVersion, VERSION_STATE_NAMES, VERSION_STATES } from './judge-version.ts';

/** Most characters of a name that people give a front desk or an encoder. */
export const DESK_NAME_LENGTH = 64;

export const agentState = z.enum(['active', 'suspended', 'revoked']).meta({
  description:
    '`suspended`: it is not believed until it is paired anew; `attention` says why. `revoked`: it has ended for good.',
});

/** For the document of the API. */
const VERSION_STATES_TOLD = Object.entries(VERSION_STATES)
  .map(([name, means]) => `\`${name}\`: ${means}`)
  .join(' ');

export const agentView = z
  .object({
    id,
    name: z.string().meta({ description: 'The name that it was given here, else that of its computer.' }),
    computer: z.string().meta({ description: 'What its computer was called when it was paired.' }),
    state: agentState,
    connected: z.boolean(),
    lastSeenAt: time.nullable().meta({ description: 'Now, while it is connected. Null where it never was.' }),
    version: z.string().nullable().meta({ description: 'Its program and version, as of its last connection.' }),
    protocol: z.int().nullable().meta({
      description: 'The newest version of the agent protocol that it speaks. Null where that is not known.',
    }),
    versionState: z
      .enum(VERSION_STATE_NAMES)
      .nullable()
      .meta({
        description: `How its program stands to the server's. ${VERSION_STATES_TOLD} Later versions may add more.`,
      }),
    encoders: z
      .array(z.object({ id: z.int(), mac: z.string(), name: z.string() }))
      .meta({ description: 'The encoders that belong to it.' }),
    disputes: z.array(z.object({ encoder: z.string(), others: z.array(z.string()) })).meta({
      description: 'Encoders that other front desks tell of too, by the same MAC: nothing is asked for there.',
    }),
    attention: z.string().nullable().meta({ description: 'What a person should know about it, with what to do.' }),
    attentionKind: z
      .enum(ATTENTION_KINDS)
      .nullable()
      .meta({ description: 'The same by a name, to say it in other words. Later versions may add more.' }),
  })
  .meta({ id: 'Agent', description: 'A front desk: the program on the computer that encoders are plugged into.' });

export function viewOfAgent(
  { facts, visit, encoders, disputes }: AgentDetail,
  connected: boolean,
  now: number,
): z.input<typeof agentView> {
  const seenAt = connected ? now : (visit?.seenAt ?? null);
  return {
    id: facts.id,
    name: facts.name,
    computer: facts.computer,
    state: facts.state,
    connected,
    lastSeenAt: seenAt === null ? null : timeOf(seenAt),
    version: visit?.software ?? null,
    protocol: visit?.protocol ?? null,
    versionState: visit === null ? null : judgeAgentVersion(visit),
    encoders: [...encoders],
    disputes: disputes.map(({ encoder, others }) => ({ encoder, others: [...others] })),
    attention: facts.attention,
    attentionKind: attentionKindOf(facts.attention),
  };
}

/** The agent as it is now. Ends the request where there is none. */
export async function showAgent({ read, desks, clock }: HandlerParts, propertyId: string, agentId: AgentId) {
  const detail = await read('getAgent', { propertyId, agentId });
  if (detail === null) throw new ProblemError('not-found');
  return { detail, view: viewOfAgent(detail, desks.isOnline(agentId), clock.now()) };
}
