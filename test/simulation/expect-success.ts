import type { Cause } from '@keyrack/server/domain/causes.ts';
import { CARDS, macOf, type PropertyCard } from './property/hotel.ts';
import type { World } from './world.ts';

export interface Wish {
  readonly kind: 'issue' | 'cancel';
  readonly card: number;
  readonly room: number;
  readonly agent: number;
  /** Who asks, and so for whom: the first member unless told. */
  readonly member?: number;
  /** The card lies there already, and somebody lifts it while it is asked for. */
  readonly lies?: boolean;
  readonly leftLying?: boolean;
}

export async function expectSuccess(world: World, wish: Wish): Promise<void> {
  const { kind, card, room, agent, member = 0, leftLying = false } = wish;
  let { lies = false } = wish;
  const { scheduler, plastic, verdict, ledger } = world;
  const { serial } = CARDS[card] as PropertyCard;
  const ask = { at: 0, do: 'ask', kind, card, room, member, agent, encoder: 0 } as const;
  for (let lateTries = 0; ; ) {
    if (ended(world)) return;
    const known = new Set(ledger.operations.keys());
    if (!lies) plastic.place(serial, macOf(agent, 0));
    lies = false;
    const asked = world.ask({ ...ask, hangsUpAfter: null, repeatsAfter: null });
    await scheduler.runUntil(scheduler.now() + 30_000, () => asked.answer !== null || ended(world));
    const { answer } = asked;
    const succeeded = answer !== null && answer !== 'not-heard' && answer.outcome === 'succeeded';
    if (!succeeded || !leftLying) plastic.remove(macOf(agent, 0));
    if (ended(world) || succeeded) return;
    // What became of an earlier issue is told once, also where its card was changed since.
    if (answer !== null && answer !== 'not-heard' && answer.outcome === 'refused') {
      if (TELLS_AN_EARLIER_ISSUE.has(answer.refusal.cause)) continue;
    }
    // The outcome of an earlier request, whose caller never heard it: the next one is a new request.
    if (answer !== null && answer !== 'not-heard' && answer.outcome === 'failed') {
      if (known.has(answer.operation)) continue;
      if (isLate(world, answer.refusal.cause) && lateTries < MOST_LATE_TRIES) {
        lateTries += 1;
        continue;
      }
    }
    return verdict.fail('alive', `a ${kind} of card ${card} at agent ${agent} ends with ${JSON.stringify(answer)}`);
  }
}

const TELLS_AN_EARLIER_ISSUE: ReadonlySet<Cause> = new Set<Cause>(['issued-card-changed', 'issued-card-unsure']);

/** Where a message, a commit or a disk takes this long at worst, the 5 s of a grant can pass without any fault. */
const SLOW_MS = 1_000;
export const MOST_LATE_TRIES = 3;

/** Whether a slow world may answer so although nothing is wrong: the write was not begun, since its time was over. */
export function isLate({ plan: { pace } }: World, cause: Cause): boolean {
  const isSlow = [pace.message, pace.commit, pace.disk].some(([, worst]) => worst >= SLOW_MS);
  return isSlow && (cause === 'write-failed' || cause === 'not-carried-out');
}

export function ended({ verdict }: World): boolean {
  return verdict.violation() !== null;
}
