import { BLANK, type Nonce, type Serial } from '@keyrack/protocol';
import { firstBrokenLink } from '@keyrack/server/domain/audit.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { walk } from '@keyrack/server/store/walk-pages.ts';
import { endAgentEncoders } from '@keyrack/server/transactions/journal/change-owner.ts';
import { forgetAgent } from '@keyrack/server/transactions/journal/give-up-journal.ts';
import { checkCard } from './checks/check-cards.ts';
import { taleOf } from './checks/ledger.ts';
import { openOperations, runningSets } from './checks/open-work.ts';
import { createRandom } from './clockwork/random.ts';
import { signIn } from './deeds.ts';
import { ended, expectSuccess } from './expect-success.ts';
import { permit, scope, suspend } from './faults.ts';
import type { FrontDesk } from './property/front-desk.ts';
import { CARDS, MEMBERS, macOf, PROPERTY, type PropertyCard, SPARE, sparesOf } from './property/hotel.ts';
import { tryCopies } from './try-copies.ts';
import type { World } from './world.ts';

/** How long the property may take to recover once nothing goes wrong any more. Virtual milliseconds. */
const PATIENCE_MS = 300_000;
/** What was under way when the troubles ended is over by then: pauses, waits for cards, and for answers. */
const QUIET_MS = 25_000;
/** How long a card lies on an encoder to be read. */
const LIES_MS = 4_000;

/** Ends every trouble, lets the property recover, and sees whether it did and whether it works. */
export async function recover(world: World): Promise<void> {
  const { scheduler } = world;
  endTroubles(world);
  const until = scheduler.now() + PATIENCE_MS;
  await scheduler.runUntil(scheduler.now() + QUIET_MS, () => ended(world));
  await pairSuspended(world, until);
  await settleAll(world, until);
  if (ended(world)) return;
  checkEncoders(world);
  await startAgain(world);
  if (ended(world)) return;
  await tryOut(world);
  checkWhatRemains(world);
  await startAgain(world);
}

/** Whatever befell their journals, agents find them whole when they are started the next time. */
async function startAgain(world: World): Promise<void> {
  for (const desk of world.desks) {
    if (desk.clone || ended(world)) continue;
    world.killDesk(desk, false);
    world.startDesk(desk);
  }
  await pairSuspended(world, world.scheduler.now() + PATIENCE_MS);
}

function endTroubles(world: World): void {
  const { network, desks, database, plastic, trace } = world;
  if (trace.on) trace.say('fault', 'the troubles are over');
  world.commitTroubles.length = 0;
  for (const desk of desks) {
    desk.computer.wallOffset = 0;
    desk.diskDelayMs = 0;
    desk.path.refusing = 'no';
    desk.path.holdsHello = 0;
    desk.folder.fill(false);
    desk.folder.lie(false);
    for (const { trouble } of desk.encoders) {
      trouble.delayNextMs = 0;
      trouble.swallowWrite = false;
      trouble.fails = null;
    }
    if (desk.clone) world.killDesk(desk, false);
  }
  for (const card of plastic.box.cards()) card.tear = null;
  if (world.server !== null) {
    world.server.process.computer.wallOffset = 0;
  } else {
    world.startServer();
  }
  for (const { mac } of desks.flatMap(({ encoders }) => encoders)) world.unplugTwin(mac);
  for (const wire of [...network.wires]) network.cut(wire);
  bringEncodersHome(world);
  database.alter('operator: all is well', (tx) => {
    MEMBERS.forEach((_, i) => {
      permit(tx, i, true);
    });
    suspend(tx, false);
    scope(tx, true);
  });
}

/** Brings every encoder back to where it belongs, while the agents are about to connect again. */
function bringEncodersHome(world: World): void {
  const { scheduler, desks, plan } = world;
  const random = createRandom(plan.seed, 'encoders go home');
  for (const { encoders, name } of desks) {
    for (const { mac, home } of encoders) {
      const at = desks.find((desk) => desk.name === home);
      if (home === name || at === undefined) continue;
      scheduler.at(scheduler.now() + random.between(0, 800), null, () => world.moveEncoder(mac, at));
    }
  }
}

/** Waits for every agent to be connected; one that is suspended is paired anew, with an empty folder. */
async function pairSuspended(world: World, until: number): Promise<void> {
  const { scheduler, desks, database, verdict, ledger } = world;
  const wanted = desks.filter(({ clone }) => !clone).length;
  const online = () =>
    ended(world) ||
    (world.server?.online() === wanted &&
      desks.every(({ clone, agent }) => clone || agent?.state().connection.status === 'online'));
  while (scheduler.now() < until && !online()) {
    await scheduler.runUntil(scheduler.now() + 3_000, online);
    for (const desk of desks) {
      if (desk.clone) continue;
      world.startDesk(desk);
      const agent = database.peek((tx) => tx.get('agents', PROPERTY, desk.identity.id));
      if (agent?.state !== 'suspended') continue;
      world.killDesk(desk, false);
      desk.folder.replaceBy(new Map());
      database.alter('operator: paired anew', (tx) => {
        forgetAgent(tx, agent, 0);
        endAgentEncoders(tx, PROPERTY, agent.id, 0);
        const session = agent.session + 1;
        tx.put('agents', { ...agent, state: 'active', session, instance: null, journal: null, cursor: null });
      });
      ledger.named.delete(agent.id);
      world.startDesk(desk);
    }
  }
  if (!online()) verdict.fail('settled', `not every agent is connected: ${desks.map(stateOf).join('; ')}`);
}

function stateOf({ name, agent }: World['desks'][number]): string {
  return `${name} ${JSON.stringify(agent?.state().connection)}`;
}

/** Lays each card down for a while, wherever an agent is, so that what is unknown can be settled. */
async function settleAll(world: World, until: number): Promise<void> {
  const { scheduler, desks, plastic, verdict, plan, database } = world;
  const desk = desks.filter(({ clone }) => !clone);
  const isAnswered = () => [...world.asked, ...world.askedOverV1].every(({ answer }) => answer !== null);
  const hasNoSets = (tx: ReadTx) => !plan.setting.overV1 || runningSets(tx).length === 0;
  const isAllOver = (tx: ReadTx) => openOperations(tx).length === 0 && hasNoSets(tx);
  const done = () => ended(world) || (database.peek(isAllOver) && isAnswered());
  let looked = 0;
  const settled = () => {
    // To look at every step would cost more than the steps.
    if (scheduler.steps() - looked <= 20) return false;
    looked = scheduler.steps();
    return done();
  };
  let round = 0;
  while (!done() && scheduler.now() < until) {
    const card = round % plan.setting.chips.length;
    const at = desk[Math.floor(round / plan.setting.chips.length) % desk.length];
    const mac = at?.encoders[0]?.mac;
    if (mac !== undefined) plastic.place((CARDS[card] as PropertyCard).serial, mac);
    await scheduler.runUntil(scheduler.now() + LIES_MS, settled);
    round += 1;
  }
  if (!done()) {
    const open = database
      .peek(openOperations)
      .map(({ id, kind, state, cause, held, serial }) => JSON.stringify({ id, kind, state, cause, held, serial }));
    const sets = database.peek(runningSets).map(({ id }) => `set ${id}`);
    verdict.fail('settled', `still open after ${PATIENCE_MS / 1_000} s: ${[...open, ...sets].join(', ')}`);
  }
}

/** The server knows each encoder where it is. */
function checkEncoders({ desks, database, verdict }: World): void {
  for (const { name, identity, encoders, clone } of desks) {
    if (clone) continue;
    for (const { mac } of encoders) {
      const row = database.peek((tx) => tx.get('encoders', PROPERTY, mac));
      if (row?.agentId !== identity.id)
        verdict.fail('settled', `encoder ${mac} is at ${name}, and recorded at ${row?.agentId}`);
      else if (row.ownership !== 'settled')
        verdict.fail('settled', `encoder ${mac} is at ${name} alone, and ${row.ownership}`);
    }
  }
}

/** Issues and cancels a fresh card at every agent, and cancels every other card that can be read. */
async function tryOut(world: World): Promise<void> {
  const { desks, plastic, plan, scheduler } = world;
  for (const [agent, desk] of desks.entries()) {
    if (desk.clone) continue;
    await expectSuccess(world, { kind: 'issue', card: SPARE, room: SPARE, agent });
    await expectSuccess(world, { kind: 'cancel', card: SPARE, room: SPARE, agent });
    await nextGuestAtOnce(world, agent, desk);
  }
  if (plan.setting.overV1 && createRandom(plan.seed, 'copies at last').chance(0.5)) await tryCopies(world, 0);
  const [first] = desks;
  if (first === undefined || ended(world)) return;
  let answered = false;
  signIn(world, first, 0, () => {
    answered = true;
  });
  await scheduler.runUntil(scheduler.now() + 15_000, () => answered || ended(world));
  const random = createRandom(plan.seed, 'torn and new cards');
  for (let card = 0; card < plan.setting.chips.length; card += 1) {
    if (plastic.contentOf((CARDS[card] as PropertyCard).serial) === 'unreadable') continue;
    // New plastic, and what was left half written: both may be issued. What a restored database forgot is another matter.
    const isOpenToIssue = isNew(world, card) || isTorn(world, card);
    if (isOpenToIssue && world.ledger.restores === 0 && random.chance(0.5))
      await expectSuccess(world, { kind: 'issue', card, room: card, agent: 0 });
    if (roomOf(world, card) === -1) continue;
    await expectSuccess(world, { kind: 'cancel', card, room: roomOf(world, card), agent: 0 });
  }
}

/** What comes between a guest's card and the next guest, for whom the same plastic lies on the encoder again. */
const BETWEEN = ['lifted while away', 'lying while away', 'lying through a restart'] as const;

/**
 * A guest's card is left lying after it was issued, the agent comes back, and the next guest's is asked for. It must not be
 * written over the first (`plastic of its own`); once the first was lifted, its plastic is as good as any other.
 */
async function nextGuestAtOnce(world: World, agent: number, desk: FrontDesk): Promise<void> {
  const { scheduler, plastic, network, plan } = world;
  const random = createRandom(plan.seed, `next guest at agent ${agent}`);
  if (!random.chance(0.5)) return;
  const between = random.pick(BETWEEN);
  const { serial } = CARDS[SPARE] as PropertyCard;
  const wish = { kind: 'issue', card: SPARE, room: SPARE, agent } as const;
  await expectSuccess(world, { ...wish, leftLying: true });
  if (between === 'lying through a restart') world.killDesk(desk, false);
  for (const wire of [...network.wires]) if (wire.agent === desk.process) network.cut(wire);
  if (between === 'lifted while away') plastic.remove(macOf(agent, 0));
  // Hands take a while, and so does whoever notices that the connection is gone.
  await scheduler.runUntil(scheduler.now() + random.between(100, 2_000), () => ended(world));
  await pairSuspended(world, scheduler.now() + PATIENCE_MS);
  if (between !== 'lifted while away') {
    const lifted = scheduler.now() + random.between(500, 4_000);
    scheduler.at(lifted, null, () => plastic.remove(macOf(agent, 0)));
    scheduler.at(lifted + random.between(100, 1_000), null, () => plastic.place(serial, macOf(agent, 0)));
  }
  await expectSuccess(world, { ...wish, member: 1, lies: between !== 'lifted while away' });
  await expectSuccess(world, { kind: 'cancel', card: SPARE, room: SPARE, agent });
}

/**
 * The room that a card was last issued for: any blank card will do for an issue. Of one that was left half written in its
 * first issue, the room that this was for; -1 where nobody ever wrote to it, or a restored database has forgotten.
 */
function roomOf({ database, ledger }: World, card: number): number {
  const { serial } = CARDS[card] as PropertyCard;
  const roomId = database.peek((tx) => {
    const known = tx.get('cards', PROPERTY, serial);
    if (known === undefined) return undefined;
    const recordId = known.recordId ?? (ledger.restores === 0 ? recordOfTorn(ledger, serial, tx) : null);
    return recordId === null ? undefined : tx.get('cardRecords', PROPERTY, recordId)?.roomId;
  });
  return CARDS.findIndex(({ room }) => room.id === roomId);
}

/** The record of the last issue that wrote anything to a card; one that was granted there and wrote nothing is none. */
function recordOfTorn(ledger: World['ledger'], serial: Serial, tx: ReadTx): string | null {
  const content = ledger.contents.get(serial);
  if (content === BLANK || content === ledger.asSold.get(serial)) return null;
  const [, last] =
    [...ledger.grants].findLast(
      ([nonce, { serial: on, kind, operation, before }]) =>
        on === serial &&
        kind === 'issue' &&
        before !== content &&
        taleOf(ledger, operation).writtenUnder.has(nonce as Nonce),
    ) ?? [];
  return last === undefined ? null : (tx.get('operations', PROPERTY, last.operation)?.recordId ?? null);
}

function isNew({ plastic, ledger }: World, card: number): boolean {
  const { serial } = CARDS[card] as PropertyCard;
  return plastic.contentOf(serial) === ledger.asSold.get(serial);
}

/** It holds neither nothing nor what anybody was granted to write. */
function isTorn({ plastic, ledger }: World, card: number): boolean {
  const { serial } = CARDS[card] as PropertyCard;
  const content = plastic.contentOf(serial);
  const isKnown = content === 'unreadable' || content === BLANK || content === ledger.asSold.get(serial);
  return !isKnown && ![...ledger.written.values()].includes(content);
}

function checkWhatRemains(world: World): void {
  const { database, verdict, ledger, plastic, desks, plan } = world;
  if (ended(world)) return;
  database.peek((tx) => {
    const broken = firstBrokenLink(walk(tx, 'audit', 'key', [PROPERTY]));
    if (broken !== null) verdict.fail('audit chain', `record ${broken} does not follow`);
    for (const { serial } of [
      ...CARDS.slice(0, plan.setting.chips.length),
      ...sparesOf(plan.setting.overV1).map((card) => CARDS[card] as PropertyCard),
    ]) {
      checkCard(tx, serial, plastic.contentOf(serial), ledger, verdict);
    }
    for (const { name, clone, identity, journal } of desks) {
      if (clone || journal === null) continue;
      const cursor = tx.get('agents', PROPERTY, identity.id)?.cursor;
      const head = journal.head();
      if (cursor?.number !== head.number || cursor.hash !== head.hash)
        verdict.fail('settled', `${name} is at ${head.number} and the server at ${cursor?.number}`);
    }
  });
}
