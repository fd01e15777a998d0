import { hash } from 'node:crypto';
import type { Creator } from '../domain/people.ts';
import type { RoomCardEndpoint } from './status-codes.ts';

/** What every endpoint's parsed fields have: cases and separators that change nothing are folded already. */
interface ParsedFields {
  readonly sig: string;
  readonly creatorPassword: string;
  readonly creator: Creator;
}

/**
 * The same text exactly for requests that are the same (docs/room-card-api.md, "Open outcomes, repeats and waits"): same
 * endpoint, same member, same known fields, the signature aside. Lower-case hex SHA-256.
 *
 * creatorPassword is left out: it was checked for this member before the request can join another, and what is hashed here
 * without salt is stored, so that somebody could guess the password from it.
 */
export function requestKey<Fields extends ParsedFields>(
  endpoint: RoomCardEndpoint,
  memberId: string,
  fields: Fields,
): string {
  const { sig: _sig, creatorPassword: _password, creator, ...others } = fields;
  const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify([endpoint, memberId, sorted(creator), sorted(others)]));
}
