import { HIGHEST_LOCK_NUMBER } from '../../domain/lock-number.ts';
import type { LockType } from '../../domain/lock-type.ts';
import { type Member, newAccount } from '../../domain/people.ts';
import type { Building, Floor, Room } from '../../domain/places.ts';
import { nextLockNumber } from '../../queries/next-lock-number.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';

/** What an operator takes over from elsewhere into a property. */
interface Import {
  readonly propertyId: string;
  readonly actor: string;
  readonly now: number;
}

export interface ImportAccount extends Import {
  readonly sid: string;
  readonly name: string;
  readonly sealedToken: string;
}

/** Lets an account that is in use elsewhere act for the property with its own credentials. */
export function importAccount(tx: Tx, { propertyId, actor, now, sid, name, sealedToken }: ImportAccount): void {
  tx.put('accounts', { ...newAccount({ sid, name, sealedToken }), ...tx.get('accounts', sid), name, sealedToken });
  tx.put('accountProperties', { propertyId, accountSid: sid });
  audit(tx, { propertyId, at: now, action: 'property-changed', actor, details: { account: sid } });
}

/** A building as it is imported. `id` is used where it is new; so are those of its floors and rooms. */
export interface ImportedBuilding {
  readonly id: string;
  readonly no: string;
  readonly name: string;
  readonly floors: readonly {
    readonly id: string;
    readonly no: string;
    readonly name: string;
    readonly rooms: readonly {
      readonly id: string;
      readonly no: string;
      readonly name: string;
      readonly lockType: LockType;
      readonly gateway: boolean;
    }[];
  }[];
}

export type ImportedRooms =
  | { readonly ok: true; readonly added: number; readonly changed: number }
  /** Building, floor and room number run together to the same text as another room's: see `Room.joinedNo`. */
  | { readonly ok: false; readonly sameText: string }
  /** No number is left behind the highest that a lock has or had. */
  | { readonly ok: false; readonly sameText: null };

/**
 * Takes buildings, floors and rooms over, all or none. Those that are there already, by their numbers, get the name and
 * the lock type of the import and keep their lock's number; none is taken away.
 */
export function importRooms(
  tx: Tx,
  { propertyId, actor, now, buildings }: Import & { readonly buildings: readonly ImportedBuilding[] },
): ImportedRooms {
  const rooms: Room[] = [];
  const places: (Building | Floor)[] = [];
  const joined = new Map(tx.find('rooms', 'byJoinedNo', [propertyId]).map((room) => [room.joinedNo, room.id]));
  let lockNumber = nextLockNumber(tx, propertyId) - 1;
  let added = 0;
  for (const { floors, ...building } of buildings) {
    const buildingId = tx.find('buildings', 'byNo', [propertyId, building.no], { limit: 1 })[0]?.id ?? building.id;
    places.push({ propertyId, ...building, id: buildingId });
    for (const { rooms: ofFloor, ...floor } of floors) {
      const floorId = tx.find('floors', 'byNo', [propertyId, buildingId, floor.no], { limit: 1 })[0]?.id ?? floor.id;
      places.push({ propertyId, ...floor, id: floorId, buildingId });
      for (const room of ofFloor) {
        const known = tx.find('rooms', 'byNo', [propertyId, floorId, room.no], { limit: 1 })[0];
        const id = known?.id ?? room.id;
        const joinedNo = building.no + floor.no + room.no;
        if ((joined.get(joinedNo) ?? id) !== id) return { ok: false, sameText: joinedNo };
        joined.set(joinedNo, id);
        if (known === undefined) {
          added += 1;
          lockNumber += 1;
          if (lockNumber > HIGHEST_LOCK_NUMBER) return { ok: false, sameText: null };
        }
        const lock = { lockNumber: known?.lockNumber ?? lockNumber, sequence: known?.sequence ?? 0 };
        rooms.push({ propertyId, ...room, id, buildingId, floorId, joinedNo, ...lock });
      }
    }
  }
  for (const place of places) {
    if ('buildingId' in place) tx.put('floors', place);
    else tx.put('buildings', place);
  }
  for (const room of rooms) tx.put('rooms', room);
  const counts = { added, changed: rooms.length - added };
  audit(tx, { propertyId, at: now, action: 'property-changed', actor, details: { rooms: counts } });
  return { ok: true, ...counts };
}

export type ImportMember = Import & Omit<Member, 'propertyId' | 'active' | 'version'>;

/**
 * Takes a member over, or changes the one who has this phone or e-mail, and keeps that one's role and what isn't given
 * of the two; false when these are two people's.
 */
export function importMember(tx: Tx, { actor, now, ...given }: ImportMember): boolean {
  const { propertyId, areaCode, mobile, email } = given;
  const found = [
    ...(mobile === null ? [] : tx.find('members', 'byMobile', [propertyId, areaCode, mobile], { limit: 2 })),
    ...(email === null ? [] : tx.find('members', 'byEmail', [propertyId, email], { limit: 1 })),
  ];
  const [known] = found;
  if (found.some(({ id }) => id !== known?.id)) return false;
  const { id, role, version } = known ?? { ...given, version: 0 };
  const phone = mobile === null && known ? { areaCode: known.areaCode, mobile: known.mobile } : { areaCode, mobile };
  const names = { ...phone, email: email ?? known?.email ?? null };
  const member = { ...given, ...names, id, role, active: true, version: version + 1 };
  tx.put('members', member);
  const details = { member: member.id, role: member.role, issuingPermission: member.issuingPermission };
  audit(tx, { propertyId, at: now, action: 'property-changed', actor, details });
  return true;
}
