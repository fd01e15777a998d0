import type { CopySet } from '@keyrack/server/domain/copy-set.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import { ended, expectSuccess, isLate, MOST_LATE_TRIES } from './expect-success.ts';
import { askOverV1, toldOperation } from './over-v1.ts';
import { CARDS, macOf, PROPERTY, type PropertyCard, SECOND_SPARE, SPARE } from './property/hotel.ts';
import type { World } from './world.ts';

const PLASTIC = [SPARE, SECOND_SPARE];
/** How long each card is waited for. */
const CARD_MS = 30_000;

/** Two equal cards of one issue are made over /v1, one after the other, now that all is well; then both are cancelled. */
export async function tryCopies(world: World, agent: number): Promise<void> {
  for (let tries = 0; tries <= MOST_LATE_TRIES; tries += 1) {
    if (ended(world)) return;
    const { set, made } = await makeCopies(world, agent, `Guest ${tries}`);
    for (const card of PLASTIC.slice(0, made.filter(({ state }) => state === 'succeeded').length))
      await expectSuccess(world, { kind: 'cancel', card, room: SPARE, agent });
    if (set?.state === 'done') return;
    const late = set?.cause != null && isLate(world, set.cause);
    if (!late || tries === MOST_LATE_TRIES)
      world.verdict.fail('alive', `two copies at agent ${agent} end with ${JSON.stringify({ set, made })}`);
  }
}

async function makeCopies(world: World, agent: number, guest: string) {
  const { scheduler, plastic, database } = world;
  const mac = macOf(agent, 0);
  const look = (id: string | undefined) =>
    database.peek((tx): { readonly set: CopySet | undefined; readonly made: readonly Operation[] } => {
      const set = id === undefined ? undefined : tx.get('copySets', PROPERTY, id);
      return { set, made: set?.operations.flatMap((each) => tx.get('operations', PROPERTY, each) ?? []) ?? [] };
    });
  const lay = (card: number) => plastic.place((CARDS[card] as PropertyCard).serial, mac);
  lay(SPARE);
  const asked = askOverV1(world, {
    ...{ at: 0, do: 'ask over v1', by: 'key', kind: 'issue', card: SPARE, agent, encoder: 0, guest, copies: 2 },
    ...{ mode: 'new', key: null, waitMs: null, hangsUpAfter: null, repeatsAfter: [] },
  });
  let looked = 0;
  const until = (over: () => boolean) =>
    scheduler.runUntil(scheduler.now() + CARD_MS, () => {
      // To look at every step would cost more than the steps.
      if (scheduler.steps() - looked <= 10) return false;
      looked = scheduler.steps();
      return ended(world) || over();
    });
  await until(() => asked.answer !== null);
  const { answer } = asked;
  const id = answer === null || answer === 'not-heard' ? undefined : toldOperation(answer)?.copy?.set;
  await until(() => look(id).made[0]?.state !== 'accepted' && look(id).made[0]?.state !== 'granted');
  plastic.remove(mac);
  lay(SECOND_SPARE);
  await until(() => look(id).set?.state !== 'running');
  plastic.remove(mac);
  return look(id);
}
