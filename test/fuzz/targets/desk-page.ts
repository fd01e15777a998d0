import { ACTIONS, type Action } from '@keyrack/agent/page/page-actions.ts';
import { mutateValue, type Pool } from '../mutate.ts';
import type { Target } from '../target.ts';

/** What the page itself sends, by the address that it posts to. */
export const SENT: readonly (readonly [path: string, sent: unknown])[] = [
  ['/sign-in', { by: 'mobile', areaCode: '+86', mobile: '100 0000 0000', password: 'a password' }],
  ['/sign-in', { by: 'email', email: 'zoe@keyrack.example', password: 'a password' }],
  ['/sign-out', {}],
  ['/activity', {}],
  ['/decline', { operation: '01900000-0000-7000-8000-000000000001' }],
  ['/language', { chosen: 'zh' }],
  ['/update', { step: 'look' }],
  ['/update-automatic', { automatic: true }],
];

const desk: Parameters<Action>[0] = {
  signIn: async () => ({ ok: true, member: 'Zoë' }),
  signOut: async () => ({ ok: true, member: null }),
  activity: () => {},
  decline: () => true,
};

/** The actions of an agent's page, which every site in the same browser would like to take. */
export function deskPage(pool: Pool): Target {
  return {
    name: 'desk page',
    lanes: 1,
    where: 'within',
    slowMs: 1_000,
    next(chance) {
      const [path, valid] = chance.of(SENT);
      const sent = mutateValue(chance, pool, valid);
      return {
        shown: `${path} ${JSON.stringify(sent)}`,
        async feed() {
          try {
            await ACTIONS[path]?.(desk, sent, null);
          } catch (error) {
            // What isn't understood is answered with 400.
            if (!(error instanceof Error && error.name === 'ZodError')) throw error;
          }
          return undefined;
        },
      };
    },
    close: async () => {},
  };
}
