import { isProblem } from '@keyrack/sdk';
import { chooseProperty } from '../administration/choose-property.ts';
import type { PropertyOptions } from '../administration/options.ts';
import { administer } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { printOne } from '../output/print.ts';
import { printable } from '../output/text-width.ts';
import { readText } from '../read-text.ts';
import type { Terminal } from '../terminal.ts';
import { type AnsweredRoom, placeOfField, readRoomAnswer } from './room-answer.ts';

export type ImportRoomsOptions = PropertyOptions;

/** Adds the rooms of an answer of fetchRoomInfo with their buildings and floors, or changes them: all or none. */
export async function importRooms(terminal: Terminal, file: string, options: ImportRoomsOptions): Promise<void> {
  const rooms = readRooms(file);
  const told = await administer(terminal, options, async (connection) => {
    const { id } = await chooseProperty(connection, terminal, options);
    terminal.progress?.(`${rooms.length} rooms`);
    const lines = rooms.map(({ line }) => line);
    const { added, changed, unchanged } = await connection.keyrack.rooms
      .import({ property: id, rooms: lines })
      .catch((error: unknown) => tellRefused(error, file, rooms))
      .finally(() => terminal.progress?.(''));
    return { added, changed, unchanged };
  });
  printOne(terminal, told, options);
}

function readRooms(file: string): readonly AnsweredRoom[] {
  const read = readRoomAnswer(parseFile(file));
  if ('detail' in read)
    throw usageError(`${read.place === '' ? file : `${file}, ${read.place},`} can't be used: it ${read.detail}.`);
  if (read.rooms.length === 0) throw usageError(`${file} holds no room; save the answer of fetchRoomInfo as it came.`);
  return read.rooms;
}

function parseFile(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    throw error instanceof SyntaxError
      ? new CommandFailure(`${file} holds no JSON; save the answer as it came.`)
      : error;
  }
}

/** Problems that a person can read at once. */
const MOST_TOLD = 100;

/** What /v1 says of `rooms.3.number`, by its place in the file. */
function tellRefused(error: unknown, file: string, rooms: readonly AnsweredRoom[]): never {
  if (!isProblem(error, 'rooms-not-imported', 'invalid-request')) throw error;
  const told = error.errors.flatMap(({ path, detail }) => {
    const [, at = '', field = ''] = /^rooms\.(\d+)(?:\.(\w+))?$/.exec(path) ?? [];
    const room = at === '' ? undefined : rooms[Number(at)];
    return room === undefined ? [] : [`  ${placeOfField(room, field)}: ${printable(detail)}`];
  });
  if (told.length === 0) throw error;
  const more = told.length > MOST_TOLD ? [`  and ${told.length - MOST_TOLD} more`] : [];
  throw new CommandFailure(
    [`${file} has rooms that can't be taken; none was:`, ...told.slice(0, MOST_TOLD), ...more].join('\n'),
  );
}
