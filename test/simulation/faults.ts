import type { MemorySnapshot } from '@keyrack/server/store/memory/memory-store.ts';
import type { Tx } from '@keyrack/server/store/store.ts';
import { markRestored } from '@keyrack/server/transactions/journal/hold-after-restore.ts';
import { openOperations } from './checks/open-work.ts';
import { noteCursor } from './checks/watch-database.ts';
import { EPOCH, pause } from './clockwork/computer.ts';
import { carryOutDeed, deskOf } from './deeds.ts';
import type { Fault } from './plan/plan.ts';
import type { FrontDesk } from './property/front-desk.ts';
import {
  ACCOUNT,
  API_KEY,
  CARDS,
  MEMBERS,
  macOf,
  PROPERTY,
  type PropertyCard,
  type PropertyMember,
  twinOf,
} from './property/hotel.ts';
import type { FolderCopy } from './world/simulated-disk.ts';
import type { World } from './world.ts';

/** Copies that were made before a fault, which brings them back. */
export interface Copies {
  readonly databases: Map<Fault, MemorySnapshot>;
  readonly folders: Map<Fault, FolderCopy>;
}

/** Makes the copies that faults will bring back, at the time that they are to be of. */
export function scheduleCopies(world: World, faults: readonly Fault[], copies: Copies): void {
  for (const fault of faults) {
    if (fault.kind !== 'database restored' && fault.kind !== 'folder restored') continue;
    world.scheduler.at(Math.max(0, fault.at - fault.ofMsBefore), null, () => {
      if (fault.kind === 'database restored') copies.databases.set(fault, world.database.backup());
      else copies.folders.set(fault, deskOf(world, fault.agent).folder.copy());
    });
  }
}

/** Lets a fault strike. `troubled` says whether troubles go on: what ends later than them has been ended already. */
export function strike(world: World, fault: Fault, copies: Copies, troubled: () => boolean): void {
  const { scheduler, network, plastic, ledger, trace, commitTroubles } = world;
  if (trace.on) trace.say('fault', JSON.stringify(fault));
  const after = (ms: number, act: () => void) =>
    scheduler.at(scheduler.now() + ms, null, () => {
      if (troubled()) act();
    });
  const wires = (agent: number) => network.wiresOf(deskOf(world, agent).path);
  const restart = (desk: FrontDesk, ms: number) =>
    scheduler.at(scheduler.now() + ms, null, () => world.startDesk(desk));
  /** The agent is stopped, its folder changed by hand, and it is started again. */
  const tamper = (agent: number, act: (desk: FrontDesk) => void) => {
    const desk = deskOf(world, agent);
    world.killDesk(desk, false);
    ledger.journalTrouble.add(desk.identity.id);
    act(desk);
    restart(desk, 800);
  };

  switch (fault.kind) {
    case 'cut':
      for (const wire of wires(fault.agent)) network.cut(wire);
      return;
    case 'half-open':
      for (const wire of wires(fault.agent)) network.loseSilently(wire, fault.direction);
      return;
    case 'stall':
      for (const wire of wires(fault.agent)) network.stall(wire, fault.ms);
      return;
    case 'late hello': {
      const desk = deskOf(world, fault.agent);
      desk.path.holdsHello = fault.ms;
      for (const wire of wires(fault.agent)) network.cut(wire);
      scheduler.at(scheduler.now() + fault.restartAfter, null, () => {
        desk.path.holdsHello = 0;
        world.killDesk(desk, false);
        restart(desk, 100);
      });
      return;
    }
    case 'unreachable': {
      const { path } = deskOf(world, fault.agent);
      path.refusing = fault.silently ? 'silently' : 'at once';
      for (const wire of network.wiresOf(path)) {
        if (fault.silently) network.loseSilently(wire, 'both');
        else network.cut(wire);
      }
      after(fault.ms, () => {
        path.refusing = 'no';
      });
      return;
    }
    case 'server crash':
      world.killServer(fault.power);
      scheduler.at(scheduler.now() + fault.downMs, null, () => world.startServer());
      return;
    case 'server pause':
      if (world.server !== null) pause(scheduler, world.server.process, fault.ms, fault.timersFirst);
      return;
    case 'server clock':
      if (world.server !== null) world.server.process.computer.wallOffset += fault.ms;
      return;
    case 'agent crash': {
      const desk = deskOf(world, fault.agent);
      world.killDesk(desk, fault.power);
      restart(desk, fault.downMs);
      return;
    }
    case 'agent pause': {
      const { process } = deskOf(world, fault.agent);
      if (process !== null) pause(scheduler, process, fault.ms, fault.timersFirst);
      return;
    }
    case 'agent clock':
      deskOf(world, fault.agent).computer.wallOffset += fault.ms;
      return;
    case 'journal lost':
      tamper(fault.agent, ({ folder }) => folder.replaceBy(new Map()));
      return;
    case 'folder restored': {
      const copy = copies.folders.get(fault);
      if (copy !== undefined) tamper(fault.agent, ({ folder }) => folder.replaceBy(copy));
      return;
    }
    case 'folder copied': {
      const desk = deskOf(world, fault.agent);
      if (world.desks.some((other) => other.clone && other.identity === desk.identity)) return;
      ledger.journalTrouble.add(desk.identity.id);
      const clone = world.addDesk(fault.agent, true);
      clone.folder.replaceBy(desk.folder.copy());
      world.startDesk(clone);
      after(fault.forMs, () => world.killDesk(clone, false));
      return;
    }
    case 'disk full': {
      const { folder } = deskOf(world, fault.agent);
      folder.fill(true);
      after(fault.ms, () => folder.fill(false));
      return;
    }
    case 'lying disk': {
      const desk = deskOf(world, fault.agent);
      ledger.journalTrouble.add(desk.identity.id);
      desk.folder.lie(true);
      after(fault.ms + 20, () => desk.folder.lie(false));
      return;
    }
    case 'slow disk':
      deskOf(world, fault.agent).diskDelayMs = fault.delayMs;
      return;
    case 'commit':
      commitTroubles.push({ skip: fault.skip, fate: fault.fate, delayMs: 0 });
      return;
    case 'slow commit':
      commitTroubles.push({ skip: fault.skip, fate: 'done', delayMs: fault.delayMs });
      return;
    case 'database restored': {
      const copy = copies.databases.get(fault);
      if (copy !== undefined) restoreDatabase(world, copy, fault.told);
      return;
    }
    case 'card torn': {
      const card = plastic.box.card((CARDS[fault.card] as PropertyCard).serial);
      if (card !== undefined) card.tear = { writes: fault.writes, mode: fault.mode };
      return;
    }
    case 'card snatched': {
      const mac = plastic.lyingOn((CARDS[fault.card] as PropertyCard).serial);
      if (mac !== null) plastic.remove(mac);
      return;
    }
    case 'encoder fails':
    case 'encoder hangs':
    case 'write swallowed': {
      const encoder = deskOf(world, fault.agent).encoders[fault.encoder];
      if (encoder === undefined) return;
      // It may strike at any later time.
      ledger.troubleAt.set(encoder.mac, Number.POSITIVE_INFINITY);
      if (fault.kind === 'encoder fails') encoder.trouble.fails = { in: fault.in, code: fault.code };
      else if (fault.kind === 'encoder hangs') encoder.trouble.delayNextMs = fault.ms;
      else encoder.trouble.swallowWrite = true;
      return;
    }
    case 'encoder moved': {
      const mac = macOf(fault.agent, fault.encoder);
      world.moveEncoder(mac, deskOf(world, fault.to));
      after(fault.ms, () => world.moveEncoder(mac, deskOf(world, fault.agent)));
      return;
    }
    case 'encoder twice': {
      const mac = macOf(fault.agent, fault.encoder);
      const to = deskOf(world, fault.to);
      if (!world.plugTwin(mac, to)) return;
      after(fault.placedAfter, () => plastic.place((CARDS[fault.card] as PropertyCard).serial, twinOf(mac)));
      if (fault.declinedAfter !== null)
        after(fault.declinedAfter, () => carryOutDeed(world, { at: 0, do: 'decline', agent: fault.agent }, troubled));
      after(fault.ms, () => world.unplugTwin(mac));
      return;
    }
    case 'permission off':
      world.database.alter('operator: permission off', (tx) => permit(tx, fault.member, false));
      after(fault.ms, () => world.database.alter('operator: permission on', (tx) => permit(tx, fault.member, true)));
      return;
    case 'scope off':
      world.database.alter('operator: scope off', (tx) => scope(tx, false));
      after(fault.ms, () => world.database.alter('operator: scope on', (tx) => scope(tx, true)));
      return;
    case 'account suspended':
      world.database.alter('operator: account suspended', (tx) => suspend(tx, true));
      after(fault.ms, () => world.database.alter('operator: account active', (tx) => suspend(tx, false)));
      return;
  }
}

/** The server is stopped, an older state of its database put in place, and the server started on it. */
function restoreDatabase(world: World, copy: MemorySnapshot, told: boolean): void {
  const { scheduler, database, ledger } = world;
  world.killServer(false);
  database.restore(copy);
  ledger.restores += 1;
  ledger.givenUp.clear();
  ledger.named.clear();
  ledger.endedAt.clear();
  ledger.waitedSince.clear();
  if (told) {
    ledger.unreportedRestores = 0;
    database.alter('operator: restored', (tx) => {
      markRestored(tx, { now: EPOCH + scheduler.now() });
    });
  } else {
    ledger.unreportedRestores += 1;
  }
  database.peek((tx) => {
    if (!told) for (const { id } of openOperations(tx)) ledger.setBack.add(id);
    for (const agent of tx.find('agents', 'key', [PROPERTY])) noteCursor(ledger, agent);
  });
  scheduler.at(scheduler.now() + 500, null, () => world.startServer());
}

export function permit(tx: Tx, member: number, issuingPermission: boolean): void {
  const row = tx.get('members', PROPERTY, (MEMBERS[member] as PropertyMember).row.id);
  if (row !== undefined) tx.put('members', { ...row, issuingPermission, version: row.version + 1 });
}

export function suspend(tx: Tx, suspended: boolean): void {
  const row = tx.get('accounts', ACCOUNT);
  if (row !== undefined) tx.put('accounts', { ...row, state: suspended ? 'suspended' : 'active' });
}

export function scope(tx: Tx, mayAskForCards: boolean): void {
  const row = tx.get('apiKeys', API_KEY.id);
  if (row !== undefined) tx.put('apiKeys', { ...row, scopes: mayAskForCards ? API_KEY.scopes : ['read'] });
}
