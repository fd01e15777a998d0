import { describe, expect, it } from 'vitest';
import { FLAG } from '../../domain/issue-image.ts';
import { COPIES } from '../../domain/limits.ts';
import { copyDesk, DOER, KEY, op, recordOf, SET, serialOf } from '../testing/copy-desk.ts';
import { MAC, NOW, P } from '../testing/hotel.ts';

/** Several cards of one issue: which come after which, and what stops them. */

describe('copies', () => {
  it('of a guest whose data is deleted meanwhile are of nobody known, as the first card is', async () => {
    const { hotel, next, make } = await copyDesk(3, { mode: 'new', ownerAreaCode: '86', ownerMobile: '13800000000' });
    const holders = async () => {
      const records = await hotel.rows('cardRecords');
      return [1, 2, 3]
        .map((n) => records.find(({ id }) => id === recordOf(n)))
        .map((each) => each && [each.owner, each.holder]);
    };
    await make(1);
    await next(2);
    await make(2);
    expect(await holders()).toEqual([['Grace', 'kept'], ['Grace', 'kept'], undefined]);
    const guest = { cardRecord: recordOf(1) };
    await hotel.store.run('deleteGuestData', { propertyId: P, guest, doer: DOER, now: NOW });
    await next(3);
    expect(await holders()).toEqual(Array(3).fill([null, 'deleted']));
  });

  it.each(['new', 'duplicate', 'lost'] as const)(
    'of mode %s are equal keys of one guest, none of which ends another',
    async (mode) => {
      const { hotel, next, make, set } = await copyDesk(3, { mode });
      expect(await make(1)).toBe('succeeded');
      expect(await next(2)).toMatchObject({ verdict: 'accepted', prompt: { room: '101' } });
      expect(await make(2)).toBe('succeeded');
      await next(3);
      expect(await make(3)).toBe('succeeded');
      expect(await next(4)).toEqual({ verdict: 'over' });
      expect(await set()).toMatchObject({ state: 'done', operations: [op(1), op(2), op(3)], cause: null });
      const made = (await hotel.rows('cardRecords')).filter(({ serial }) => serial !== null && serial !== '4567');
      expect(made.map(({ status }) => status)).toEqual(['active', 'active', 'active']);
      expect(new Set(made.map(({ sequence }) => sequence)).size).toBe(1);
      expect(made.map(({ flags }) => (flags & FLAG.lossReport) !== 0)).toEqual([mode === 'lost', false, false]);
      expect(await hotel.rows('copies')).toMatchObject([1, 2, 3].map((number) => ({ set: SET, number, of: 3 })));
    },
  );

  it('wait from their own acceptance on, each', async () => {
    const { hotel, next, make } = await copyDesk();
    await make(1, { now: NOW + 15_000 });
    await next(2, NOW + 15_100);
    expect(await hotel.operation(op(2))).toMatchObject({ acceptedAt: NOW + 15_100, deadline: NOW + 35_100 });
  });

  it('are all made where the member is signed in, where no encoder is named', async () => {
    const { next, make, set } = await copyDesk(2, { memberId: 'member', memberVersion: 1, encoder: null });
    expect(await set()).toMatchObject({ encoder: MAC, operations: [op(1)] });
    await make(1);
    expect(await next(2)).toMatchObject({ verdict: 'accepted', operation: { encoder: MAC } });
    expect(await make(2)).toBe('succeeded');
  });

  it.each(['new', 'lost'] as const)('of mode %s are never made of one card', async (mode) => {
    const { next, make } = await copyDesk(2, { mode });
    await make(1, { lies: true });
    await next(2);
    // Lying there still, and lifted and laid down again.
    expect(await make(2, { serial: serialOf(1) })).toMatch(/card-not-lifted|card-already-issued/);
    const lifted = await copyDesk(2, { mode });
    await lifted.make(1);
    await lifted.next(2);
    expect(await lifted.make(2, { serial: serialOf(1) })).toBe('card-already-issued');
    expect(await lifted.make(2)).toBe('succeeded');
  });

  it('are accepted once, however often and by whomever they are asked for', async () => {
    const { hotel, next, make } = await copyDesk();
    expect(await next(2)).toEqual({ verdict: 'waits' });
    await make(1);
    expect(await next(2)).toMatchObject({ verdict: 'accepted', changed: [{ id: op(2) }] });
    // A try whose commit nobody knew of, and another one that looks at the same time.
    expect(await next(2)).toMatchObject({ verdict: 'accepted', operation: { id: op(2) }, changed: [] });
    expect(await next(9)).toEqual({ verdict: 'waits' });
    expect((await hotel.rows('operations')).map(({ id }) => id)).toEqual([op(1), op(2)]);
  });

  it.each([
    ['rejected', 'write-failed'],
    ['damaged', 'card-damaged'],
    ['unknown', 'outcome-unknown'],
  ])('stop where one is %s, and it is told what is left', async (end, cause) => {
    const { next, make, set, audited } = await copyDesk();
    await make(1);
    await next(2);
    await make(2, { end });
    expect(await next(3)).toEqual({ verdict: 'over' });
    expect(await set()).toMatchObject({ state: 'stopped', cause });
    expect(await audited()).toEqual([{ actor: 'server', set: SET, of: 3, accepted: 2, left: 1, cause }]);
    expect(await next(3)).toEqual({ verdict: 'over' });
    expect(await audited()).toHaveLength(1);
  });

  it('stop where no card came, and where the key that asked has ended', async () => {
    const expired = await copyDesk();
    await expired.hotel.store.run('expireDue', { now: NOW + 30_000, waited: [] });
    await expired.next(2, NOW + 30_000);
    expect(await expired.set()).toMatchObject({ state: 'stopped', cause: 'no-card' });

    const revoked = await copyDesk();
    await revoked.make(1);
    await revoked.hotel.store.run('putRows', {
      rows: [{ table: 'apiKeys', row: { ...KEY, revokedAt: 1 } }],
      onlyIfEmpty: false,
    });
    expect(await revoked.next(2)).toEqual({ verdict: 'over' });
    expect(await revoked.set()).toMatchObject({ state: 'stopped', cause: 'key-ended', operations: [op(1)] });
  });

  it('stop where another guest has come in between', async () => {
    const { hotel, next, make, set } = await copyDesk();
    await make(1);
    await hotel.acceptIssue(op(7), recordOf(7), { owner: 'Ben' });
    await make(7);
    await next(2);
    expect(await set()).toMatchObject({ state: 'stopped', cause: 'no-guest-in' });
  });

  it('stop where they could not go on for long, and not before', async () => {
    const late = await copyDesk();
    await late.make(1);
    await late.next(2, NOW + COPIES.gapMs + 1);
    expect(await late.set()).toMatchObject({ state: 'stopped', cause: 'copies-interrupted' });
    const inTime = await copyDesk();
    await inTime.make(1);
    expect(await inTime.next(2, NOW + COPIES.gapMs)).toMatchObject({ verdict: 'accepted' });
  });

  it('of a stay that begins later begin together, also where that time comes in between', async () => {
    const begins = Math.ceil((NOW + 600_000) / 60_000) * 60_000;
    const { hotel, next, make } = await copyDesk(3, { beginsAt: begins, validUntil: begins + 86_400_000 });
    await make(1);
    await next(2);
    await make(2);
    await hotel.store.run('beginDue', { now: begins });
    await next(3, NOW + 30_000);
    expect(await make(3, { now: NOW + 30_000 })).toBe('succeeded');
    const made = (await hotel.rows('cardRecords')).filter(({ sameAs, id }) => sameAs !== null || id === recordOf(1));
    expect(new Set(made.map(({ sequence, status }) => `${sequence} ${status}`)).size).toBe(1);
  });
});

describe('copies that are withdrawn', () => {
  const withdraw = ({ hotel }: Awaited<ReturnType<typeof copyDesk>>) =>
    hotel.store.run('withdrawCopySet', { propertyId: P, set: SET, doer: DOER, now: NOW });

  it('take along the one that waits for its card', async () => {
    const world = await copyDesk();
    await world.make(1);
    await world.next(2);
    expect(await withdraw(world)).toMatchObject({ verdict: 'ended', changed: [{ id: op(2), state: 'withdrawn' }] });
    expect(await world.next(3)).toEqual({ verdict: 'over' });
    expect(await world.set()).toMatchObject({ state: 'stopped', cause: 'withdrawn' });
    expect(await world.audited()).toMatchObject([{ actor: 'key k', by: 'k', from: '192.0.2.1', left: 1 }]);
    expect(await withdraw(world)).toEqual({ verdict: 'not-now' });
  });

  it('between two cards leave the one that was made', async () => {
    const world = await copyDesk();
    await world.make(1);
    expect(await withdraw(world)).toMatchObject({ verdict: 'ended', changed: [] });
    expect(await world.next(2)).toEqual({ verdict: 'over' });
    expect(await world.hotel.operation(op(1))).toMatchObject({ state: 'succeeded' });
  });
});

describe('a start of the server', () => {
  const start = ({ hotel }: Awaited<ReturnType<typeof copyDesk>>) => hotel.store.run('copiesInterrupted', { now: NOW });

  it('withdraws the rest where a card is under way, which goes on', async () => {
    const world = await copyDesk();
    await start(world);
    expect(await world.set()).toMatchObject({ state: 'stopped', cause: 'copies-interrupted' });
    expect(await world.audited()).toMatchObject([{ accepted: 1, left: 2 }]);
    expect(await world.make(1)).toBe('succeeded');
    expect(await world.next(2)).toEqual({ verdict: 'over' });
  });

  it('withdraws the rest where one had ended and the next was not accepted yet', async () => {
    const world = await copyDesk();
    await world.make(1);
    await start(world);
    expect(await world.set()).toMatchObject({ state: 'stopped', cause: 'copies-interrupted', operations: [op(1)] });
    expect(await world.next(2)).toEqual({ verdict: 'over' });
  });

  it('tells why it had failed where it had, and that all were made where they were', async () => {
    const failed = await copyDesk();
    await failed.make(1, { end: 'damaged' });
    await start(failed);
    expect(await failed.set()).toMatchObject({ state: 'stopped', cause: 'card-damaged' });

    const done = await copyDesk(2);
    await done.make(1);
    await done.next(2);
    await start(done);
    expect(await done.set()).toMatchObject({ state: 'running' });
    await done.make(2);
    await start(done);
    expect(await done.set()).toMatchObject({ state: 'done', cause: null });
    expect(await done.audited()).toEqual([]);
  });

  it('after a restore stops what the backup had left', async () => {
    const world = await copyDesk();
    await world.hotel.store.run('markRestored', { now: NOW });
    await start(world);
    expect(await world.set()).toMatchObject({ state: 'stopped', cause: 'restored' });
  });
});
