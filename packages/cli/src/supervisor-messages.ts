import { UPDATE_CAUSES } from '@keyrack/agent/update/update-failure.ts';
import { z } from 'zod';

// What an agent and its supervisor say to each other by the channel of their processes. The supervisor may be of an older version
// than the agent that it starts: fields may be added, and none changed. What isn't understood is left alone.

/** Besides what every agent tells who runs it: see `AgentNews`. */
export const toSupervisor = z.object({
  update: z.union([
    /** This agent's server knows it, and has its journal. */
    z.object({ connected: z.literal(true) }),
    /** Start that version in this one's place; it lies there whole. */
    z.object({ changeOver: z.string().max(40) }),
  ]),
});
export type ToSupervisor = z.infer<typeof toSupervisor>['update'];

export const fromSupervisor = z.object({
  /** Nothing comes of the change-over. */
  refused: z.object({ cause: z.enum(UPDATE_CAUSES).catch('failed'), why: z.string() }),
});
export type FromSupervisor = z.infer<typeof fromSupervisor>;
