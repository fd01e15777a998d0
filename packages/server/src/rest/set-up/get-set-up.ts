import { z } from 'zod';
import { endpoint } from '../endpoint.ts';

export const getSetUp = endpoint({
  id: 'getSetUp',
  method: 'GET',
  path: '/v1/set-up',
  tag: 'set-up',
  summary: 'Get whether this server waits to be set up',
  description: 'It tells this and nothing else. No credential is needed.',
  right: 'self.read',
  open: 'before the set-up there are no credentials',
  answers: {
    200: {
      description: 'Whether it is set up.',
      body: z
        .object({
          state: z.enum(['empty', 'done']).meta({
            description: '`empty`: there is no property yet, and `setUp` makes the first one by the link of the start.',
          }),
        })
        .meta({ id: 'SetUpState', description: 'Whether this server is set up.' }),
    },
  },
  async handle({ parts }) {
    const state: 'empty' | 'done' = (await parts.read('databaseUse', {})) === 'empty' ? 'empty' : 'done';
    return { status: 200, body: { state } };
  },
});
