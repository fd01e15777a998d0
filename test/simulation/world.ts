import type { Mac } from '@keyrack/protocol';
import { AGENT_QUOTAS } from '@keyrack/server/domain/limits.ts';
import { type Queries, queries } from '@keyrack/server/queries/index.ts';
import type { Answer } from '@keyrack/server/requests/answers.ts';
import { StoreError } from '@keyrack/server/store/store.ts';
import { type Transactions, transactions } from '@keyrack/server/transactions/index.ts';
import { checkAnswer, checkInTime } from './checks/check-answer.ts';
import { checkCard } from './checks/check-cards.ts';
import { checkListening } from './checks/check-copies.ts';
import { type Ledger, noteStay, openLedger } from './checks/ledger.ts';
import { openVerdict, type Verdict } from './checks/verdict.ts';
import { type AgentWatch, watchAgents } from './checks/watch-agents.ts';
import { endedUnchanged, watchDatabase } from './checks/watch-database.ts';
import { createComputer, type Process, startProcess } from './clockwork/computer.ts';
import { createRandom, type Random } from './clockwork/random.ts';
import { createScheduler, type Scheduler } from './clockwork/scheduler.ts';
import { createTrace, NO_TRACE, type Trace } from './clockwork/trace.ts';
import type { Plan } from './plan/plan.ts';
import { type Ask, handleRequest } from './property/caller.ts';
import { type FrontDesk, type FrontDeskParts, letGo, replug, startFrontDesk } from './property/front-desk.ts';
import {
  AGENTS,
  CARDS,
  CLONE_ENCODER,
  fillDatabase,
  keysOf,
  layOutCards,
  macAt,
  macOf,
  PROPERTY,
  type PropertyAgent,
  twinOf,
} from './property/hotel.ts';
import { type ServerNode, startServerNode, WAITS } from './property/server-node.ts';
import type { AskedOverV1 } from './property/v1-caller.ts';
import { createDatabase, type Database, type Fate } from './world/database.ts';
import { createNetwork, type Network } from './world/network.ts';
import { layOutPlastic, type Plastic } from './world/plastic.ts';
import { simulatedFolder } from './world/simulated-disk.ts';

/** A request and what became of it, as far as its caller heard. */
export interface Asked {
  readonly ask: Ask;
  /** Null while there is none; `not-heard` when the connection broke first. */
  answer: Answer | 'not-heard' | null;
}

/** Everything of one run. */
export interface World {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly verdict: Verdict;
  readonly ledger: Ledger;
  readonly database: Database<Transactions, Queries>;
  readonly network: Network;
  readonly plastic: Plastic;
  readonly desks: FrontDesk[];
  readonly asked: Asked[];
  readonly askedOverV1: AskedOverV1[];
  /** How often operations became unknown, by cause. */
  readonly unknowns: Map<string, number>;
  /** What commits are to meet, in turn: after `skip` others. */
  readonly commitTroubles: { skip: number; readonly fate: Fate; readonly delayMs: number }[];
  server: ServerNode | null;
  startServer(): void;
  killServer(quietly: boolean): void;
  addDesk(agent: number, clone: boolean): FrontDesk;
  startDesk(desk: FrontDesk): void;
  killDesk(desk: FrontDesk, power: boolean): void;
  /** Unplugs the encoder, wherever it is, and plugs it in at that desk. */
  moveEncoder(mac: Mac, to: FrontDesk): void;
  /** Plugs a second reader in at that desk that answers to the same MAC. False where there is one already. */
  plugTwin(mac: Mac, to: FrontDesk): boolean;
  unplugTwin(mac: Mac): void;
  ask(ask: Ask): Asked;
}

export function buildWorld(plan: Plan, withTrace: boolean): World {
  const { seed, setting, pace } = plan;
  const scheduler: Scheduler = createScheduler({ afterEvent, onError: onBug });
  const trace = withTrace ? createTrace(() => scheduler.now()) : NO_TRACE;
  const verdict = openVerdict(() => scheduler.now());
  const ledger = openLedger();
  const unknowns = new Map<string, number>();
  const commitTroubles: World['commitTroubles'] = [];
  const desks: FrontDesk[] = [];
  let ids = 0;
  let runs = 0;

  function onBug(error: unknown): void {
    verdict.fail('no bug', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  function afterEvent(): void {
    if (ledger.dirty.size === 0) return;
    const serials = [...ledger.dirty];
    ledger.dirty.clear();
    database.peek((tx) => {
      for (const serial of serials) checkCard(tx, serial, plastic.contentOf(serial), ledger, verdict);
    });
  }

  const newId = (of: string): string => {
    ids += 1;
    const kind = of === 'operation' ? '7000' : '4000';
    return `${of.length.toString(16).padStart(8, '0')}-0000-${kind}-8000-${ids.toString(16).padStart(12, '0')}`;
  };

  const plastic = layOutPlastic({
    cards: layOutCards(setting),
    keysOf,
    changed: (serial, place, content) => watch.plasticChanged(driving(place), serial, macAt(place), content),
    taken: (place, serial) => {
      const mac = macAt(place);
      ledger.troubleAt.set(mac, Math.max(scheduler.now(), ledger.troubleAt.get(mac) ?? 0));
      noteStay(ledger, place, serial, scheduler.now(), false);
    },
    placed: (place, serial) => noteStay(ledger, place, serial, scheduler.now(), true),
  });
  for (const { serial } of plastic.box.cards()) ledger.contents.set(serial, plastic.contentOf(serial));
  CARDS.forEach(({ serial }, i) => {
    if (setting.asSold[i]) ledger.asSold.set(serial, plastic.contentOf(serial));
  });
  for (const { record, content } of CARDS) {
    ledger.written.set(record.id, content);
    ledger.arrived.push(record.id);
  }
  const driving = (place: Mac): Process | null =>
    desks.find((desk) => desk.encoders.some((encoder) => encoder.place === place))?.process ?? null;

  const database = createDatabase({
    transactions,
    queries,
    scheduler,
    random: createRandom(seed, 'database'),
    queryRandom: createRandom(seed, 'queries'),
    trace,
    eyes: watchDatabase({
      ledger,
      verdict,
      contentOf: plastic.contentOf,
      signInIdleMs: WAITS.signInIdleMs,
      now: () => scheduler.now(),
      unknownBecause: (cause) => unknowns.set(cause, (unknowns.get(cause) ?? 0) + 1),
    }),
    fate: () => {
      const [next] = commitTroubles;
      if (next === undefined || next.delayMs > 0) return 'done';
      next.skip -= 1;
      if (next.skip >= 0) return 'done';
      commitTroubles.shift();
      return next.fate;
    },
    commitMs: (random) => {
      const [next] = commitTroubles;
      if (next === undefined || next.delayMs === 0) return usually(random, pace.commit);
      next.skip -= 1;
      if (next.skip >= 0) return usually(random, pace.commit);
      commitTroubles.shift();
      return next.delayMs;
    },
  });
  database.alter('operator: set up', (tx) => fillDatabase(tx, setting));

  const watch: AgentWatch = watchAgents({
    ledger,
    verdict,
    now: () => scheduler.now(),
    contentOf: plastic.contentOf,
    endedUnchanged: (id) => database.peek((tx) => endedUnchanged(tx, id)),
    hasSucceeded: (id) => database.peek((tx) => tx.get('operations', PROPERTY, id)?.state === 'succeeded'),
  });
  const network = createNetwork({
    scheduler,
    random: createRandom(seed, 'network'),
    trace,
    eyes: watch,
    delay: (random) => usually(random, pace.message),
  });
  const diskRandom = createRandom(seed, 'disk');
  const deskParts: FrontDeskParts = {
    scheduler,
    network,
    plastic,
    trace,
    watch,
    diskMs: () => usually(diskRandom, pace.disk),
    encoderPace: pace.encoder,
    newId,
    onBug,
    onEnded: (desk, why) => {
      if (why === 'journal damaged') {
        const lied = desks.some(({ identity, folder }) => identity === desk.identity && folder.hasLied());
        if (!lied) verdict.fail('no bug', `${desk.name} finds its journal damaged on an honest disk`);
        // A person moves the folder away, as the message says.
        scheduler.at(scheduler.now() + 1_000, null, () => {
          ledger.journalTrouble.add(desk.identity.id);
          desk.folder.replaceBy(new Map());
        });
      }
      world.killDesk(desk, false);
      if (!desk.clone) scheduler.at(scheduler.now() + 3_000, null, () => world.startDesk(desk));
    },
  };
  const serverComputer = createComputer('server');

  const world: World = {
    plan,
    scheduler,
    trace,
    verdict,
    ledger,
    database,
    network,
    plastic,
    desks,
    asked: [],
    askedOverV1: [],
    unknowns,
    commitTroubles,
    server: null,
    startServer() {
      if (world.server !== null) return;
      if (trace.on) trace.say('server', 'starts');
      const process = startProcess(scheduler, serverComputer, 'server');
      world.server = startServerNode({
        process,
        database,
        network,
        trace,
        newId,
        // Journals of a seed hold a few records: every other seed has them taken in pieces all the same.
        recordsAtOnce: plan.seed % 2 === 0 ? 1 : AGENT_QUOTAS.recordsAtOnce,
        overV1: plan.setting.overV1,
        onListening: () => database.peek((tx) => checkListening(tx, ledger, verdict)),
        onBug,
        onFailed: () => {
          if (world.server?.process !== process) return;
          world.killServer(false);
          scheduler.at(scheduler.now() + 1_000, null, () => world.startServer());
        },
      });
    },
    killServer(quietly) {
      const { server } = world;
      if (server === null) return;
      if (trace.on) trace.say('server', 'dies');
      world.server = null;
      server.process.alive = false;
      network.accept(null);
      database.crash();
      network.died(server.process, quietly);
      for (const asked of [...world.asked, ...world.askedOverV1]) asked.answer ??= 'not-heard';
    },
    addDesk(agent, clone) {
      const name = `agent ${agent}${clone ? ' copy' : ''}`;
      const count = clone ? 0 : (setting.encoders[agent] ?? 1);
      const numbers = clone ? [CLONE_ENCODER] : Array.from({ length: count }, (_, i) => i);
      const desk: FrontDesk = {
        name,
        identity: AGENTS[agent] as PropertyAgent,
        computer: createComputer(name),
        folder: simulatedFolder(createRandom(seed, `folder of ${name}`)),
        path: { name, refusing: 'no', holdsHello: 0 },
        encoders: numbers.map((number, i) => ({
          mac: macOf(agent, number),
          place: macOf(agent, number),
          home: name,
          forSignedIn: i === 0,
          trouble: { delayNextMs: 0, swallowWrite: false, fails: null },
          driven: null,
        })),
        random: createRandom(seed, `chance of ${name}`),
        clone,
        process: null,
        agent: null,
        journal: null,
        diskDelayMs: 0,
      };
      desks.push(desk);
      return desk;
    },
    startDesk(desk) {
      if (desk.process !== null) return;
      const process = startProcess(scheduler, desk.computer, desk.name);
      runs += 1;
      if (trace.on) trace.say(desk.name, `starts, run ${runs}`);
      ledger.agentOf.set(process, desk.identity.id);
      startFrontDesk(desk, process, deskParts);
    },
    killDesk(desk, power) {
      const { process } = desk;
      if (process === null) return;
      if (trace.on) trace.say(desk.name, power ? 'loses its power' : 'dies');
      desk.process = null;
      desk.agent = null;
      process.alive = false;
      for (const encoder of desk.encoders) {
        letGo(encoder, world);
        ledger.troubleAt.set(encoder.mac, Math.max(scheduler.now(), ledger.troubleAt.get(encoder.mac) ?? 0));
      }
      network.died(process, power);
      if (power) desk.folder.losePower();
    },
    moveEncoder(mac, to) {
      const from = desks.find(({ encoders }) => encoders.some((each) => each.place === mac));
      const device = from?.encoders.find((each) => each.place === mac);
      if (from === undefined || device === undefined || from === to) return;
      // An agent has no two readers with one MAC: nobody plugs a second one in.
      if (to.encoders.some((each) => each.mac === mac)) return;
      if (trace.on) trace.say('hands', `unplug ${mac} at ${from.name} and plug it in at ${to.name}`);
      letGo(device, world);
      ledger.troubleAt.set(mac, Math.max(scheduler.now(), ledger.troubleAt.get(mac) ?? 0));
      const others = from.encoders.filter((each) => each !== device);
      replug(from, others, deskParts);
      replug(
        to,
        [...to.encoders, device].sort((a, b) => (a.mac < b.mac ? -1 : 1)),
        deskParts,
      );
    },
    plugTwin(mac, to) {
      const place = twinOf(mac);
      if (to.encoders.some((each) => each.mac === mac) || desks.some((desk) => hasPlace(desk, place))) return false;
      if (trace.on) trace.say('hands', `plug a second reader in at ${to.name} that answers to ${mac}`);
      const trouble = { delayNextMs: 0, swallowWrite: false, fails: null };
      const forSignedIn = !to.encoders.some((each) => each.forSignedIn && each.home === to.name);
      const twin = { mac, place, home: to.name, forSignedIn, trouble, driven: null };
      replug(to, [...to.encoders, twin], deskParts);
      return true;
    },
    unplugTwin(mac) {
      const place = twinOf(mac);
      const at = desks.find((desk) => hasPlace(desk, place));
      const twin = at?.encoders.find((each) => each.place === place);
      if (at === undefined || twin === undefined) return;
      if (trace.on) trace.say('hands', `unplug the second reader that answers to ${mac}`);
      letGo(twin, world);
      plastic.remove(place);
      ledger.troubleAt.set(mac, Math.max(scheduler.now(), ledger.troubleAt.get(mac) ?? 0));
      replug(
        at,
        at.encoders.filter((each) => each !== twin),
        deskParts,
      );
    },
    ask(ask) {
      const asked: Asked = { ask, answer: null };
      world.asked.push(asked);
      const { server } = world;
      if (trace.on) trace.say('caller', `asks ${JSON.stringify(ask)}`);
      if (server?.cardRequests == null) {
        asked.answer = 'not-heard';
        return asked;
      }
      const { cardRequests, process } = server;
      const askedAt = scheduler.now();
      const hungUp = new AbortController();
      scheduler.at(scheduler.now() + 1, process, () => {
        handleRequest(cardRequests, ask, hungUp.signal).then(
          (answer) => {
            if (!process.alive) return;
            const now = scheduler.now();
            if (!hungUp.signal.aborted)
              checkInTime(answer, Math.max(askedAt, process.pausedUntil), now, ledger, verdict);
            checkAnswer(answer, { kind: ask.kind, at: askedAt }, now, database, ledger, verdict);
            asked.answer ??= answer;
            if (trace.on) trace.say('caller', `hears ${JSON.stringify(answer)} to ${JSON.stringify(ask)}`);
          },
          (error: unknown) => {
            asked.answer ??= 'not-heard';
            if (!(error instanceof StoreError)) onBug(error);
          },
        );
      });
      if (ask.hangsUpAfter !== null) {
        scheduler.at(scheduler.now() + ask.hangsUpAfter, process, () => {
          asked.answer ??= 'not-heard';
          hungUp.abort();
        });
      }
      return asked;
    },
  };
  return world;
}

function hasPlace({ encoders }: FrontDesk, place: Mac): boolean {
  return encoders.some((each) => each.place === place);
}

/** Mostly about the usual time, rarely up to the worst. */
function usually(random: Random, [usual, worst]: readonly [number, number]): number {
  return random.chance(0.95) ? random.between(0, usual * 2) : random.between(usual, worst);
}
