import { z } from 'zod';
import { INSTALLATION } from '../../domain/audit.ts';
import type { Caller } from '../../domain/caller.ts';
import { reaches } from '../../domain/caller.ts';
import type { EventPosition } from '../../queries/events-page.ts';
import { cursorOf } from '../pages.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError } from '../problems.ts';

/** Logs that one request follows: their places must fit into a header. */
export const MOST_LOGS = 50;

/** A cursor that begins with what comes from now on. */
export const LATEST = 'latest';

const wrongCursor = () =>
  new ProblemError('invalid-request', {
    errors: [{ in: 'query', path: 'cursor', detail: 'is no cursor of these events; leave it out for the first ones' }],
  });

const lostCursor = () =>
  new ProblemError('invalid-request', {
    errors: [
      {
        in: 'query',
        path: 'cursor',
        detail:
          'is behind events that are not here: the server was restored from a backup; get what you keep anew, and begin with `latest`',
      },
    ],
  });

/** Where a request of one property's events begins. */
export async function positionOf(
  { read }: Pick<HandlerParts, 'read'>,
  log: string,
  cursor: string | undefined,
): Promise<readonly EventPosition[]> {
  if (cursor === undefined) return [{ log, number: 0 }];
  if (cursor === LATEST) return headsOf(read, [log]);
  if (!/^\d{1,15}$/.test(cursor)) throw wrongCursor();
  return within(read, [{ log, number: Number(cursor) }]);
}

/** Its cursor is the number of the last event. */
export const cursorOfOne = ([position]: readonly EventPosition[]) => String(position?.number ?? 0);

const places = z.array(z.tuple([z.string(), z.int().min(0)])).max(MOST_LOGS);

/** Where a request of the events of these logs begins: a log that the cursor doesn't know yet, at its first event. */
export async function positionsOf(
  { read }: Pick<HandlerParts, 'read'>,
  logs: readonly string[],
  cursor: string | undefined,
): Promise<readonly EventPosition[]> {
  if (cursor === LATEST) return headsOf(read, logs);
  const known = new Map(cursor === undefined ? [] : readPlaces(cursor));
  return within(
    read,
    logs.map((log) => ({ log, number: known.get(log) ?? 0 })),
  );
}

/**
 * No cursor is behind events that there aren't: the server was restored from a backup since. Going on from there would pass over
 * whatever gets those numbers now.
 */
async function within(
  read: HandlerParts['read'],
  positions: readonly EventPosition[],
): Promise<readonly EventPosition[]> {
  const heads = await headsOf(
    read,
    positions.map(({ log }) => log),
  );
  if (positions.some(({ number }, i) => number > (heads[i]?.number ?? 0))) throw lostCursor();
  return positions;
}

function readPlaces(cursor: string): z.output<typeof places> {
  try {
    return places.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw wrongCursor();
  }
}

export const cursorOfSeveral = (positions: readonly EventPosition[]) =>
  cursorOf(positions.map(({ log, number }) => [log, number]));

async function headsOf(read: HandlerParts['read'], logs: readonly string[]): Promise<readonly EventPosition[]> {
  const numbers = await read('auditHeads', { propertyIds: logs });
  return logs.map((log, i) => ({ log, number: numbers[i] ?? 0 }));
}

/** The logs that a caller follows: of the properties that it names, or of all that it reaches; for the owner the installation's, too. */
export async function logsOf(
  { read }: Pick<HandlerParts, 'read'>,
  caller: Caller,
  refs: readonly string[] | undefined,
): Promise<readonly string[]> {
  if (refs !== undefined) {
    const found = await Promise.all(refs.map((ref) => read('findPropertyByRef', { ref })));
    return [
      ...new Set(
        found.map((property) => {
          if (property === null || !reaches(caller, property.id)) throw new ProblemError('not-found');
          return property.id;
        }),
      ),
    ];
  }
  const own = caller.rights.has('installation.owner') ? [INSTALLATION] : [];
  const reached = await read('propertiesPage', { among: caller.properties, after: null, limit: MOST_LOGS + 1 });
  const logs = [...reached.map(({ id }) => id), ...own];
  if (logs.length <= MOST_LOGS) return logs;
  const detail = `has to name ${MOST_LOGS} properties at most, since the credential reaches more`;
  throw new ProblemError('invalid-request', { errors: [{ in: 'query', path: 'properties', detail }] });
}
