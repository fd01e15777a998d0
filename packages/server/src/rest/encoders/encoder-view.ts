import type { AgentId } from '@keyrack/protocol';
import { z } from 'zod';
import type { EncoderDetail } from '../../queries/encoders-page.ts';
import { id, time, timeOf } from '../fields.ts';

/** As a part of an address. */
export const encoderId = z
  .string()
  .regex(/^[0-9]{1,9}$/)
  .transform(Number)
  .meta({ description: 'Its number in the property.' });

const agent = z.object({ id, name: z.string() });

export const encoderView = z
  .object({
    id: z.int().meta({ description: 'Its number in the property, which operations name it by.' }),
    mac: z.string(),
    name: z.string().meta({ description: 'The name that it was given here, else what its front desk calls it.' }),
    toldName: z
      .string()
      .meta({ description: 'What its front desk calls it: a reader’s model, unless somebody named it there.' }),
    agent: agent.nullable().meta({ description: 'The front desk that it belongs to.' }),
    presence: z.enum(['connected', 'desk-away', 'unplugged', 'at-no-desk']).meta({
      description:
        '`desk-away`: its front desk is not connected. `unplugged`: its front desk has it no longer. `at-no-desk`: that was revoked.',
    }),
    simulated: z
      .boolean()
      .meta({ description: 'It is made of memory alone: no plastic is written there. See docs/sandbox.md.' }),
    disputed: z.boolean().meta({ description: 'Nothing is asked for there until one front desk alone has it.' }),
    others: z.array(agent).meta({ description: 'Other front desks that tell of the same MAC.' }),
    forSignedIn: z
      .boolean()
      .meta({ description: 'It serves card types 2 and 3, whose requests go to where their member is signed in.' }),
    chosen: z
      .boolean()
      .nullable()
      .meta({ description: 'What was chosen here for `forSignedIn`; null where its front desk says.' }),
    queue: z
      .array(
        z.object({
          operation: z.string().meta({ description: 'Its id.' }),
          kind: z.enum(['issue', 'read', 'cancel']),
          state: z.string().meta({ description: '`granted`: it is being written. `accepted`: it waits.' }),
          acceptedAt: time,
          deadline: time,
        }),
      )
      .meta({ description: 'What is asked for there, in the order in which it is carried out.' }),
  })
  .meta({ id: 'Encoder', description: 'A card reader, or a simulated one, at a front desk.' });

export function viewOfEncoder(
  { facts, toldName, agent, ownership, simulated, others, forSignedIn, queue }: EncoderDetail,
  isOnline: (agentId: AgentId) => boolean,
): z.input<typeof encoderView> {
  const presence =
    agent === null
      ? 'at-no-desk'
      : ownership === 'released'
        ? 'unplugged'
        : isOnline(agent.id)
          ? 'connected'
          : 'desk-away';
  return {
    id: facts.id,
    mac: facts.mac,
    name: facts.name,
    toldName,
    agent,
    presence,
    simulated,
    disputed: ownership === 'disputed',
    others: [...others],
    forSignedIn,
    chosen: facts.chosen,
    queue: queue.map(({ id, kind, state, acceptedAt, deadline }) => ({
      operation: id,
      kind,
      state,
      acceptedAt: timeOf(acceptedAt),
      deadline: timeOf(deadline),
    })),
  };
}
