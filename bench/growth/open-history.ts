import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Aim } from '../load/load-main.ts';
import { startServer } from '../parts/keyrack-server.ts';
import type { Part } from '../parts/part.ts';
import { connectAgents, type OpenProperties } from '../properties/open-properties.ts';
import { type BenchDesk, furtherDesks } from '../properties/plan-properties.ts';
import { putFurtherDesks } from '../properties/put-properties.ts';
import type { Prepared } from './prepare.ts';

/** A server on a prepared database, with front desks of this run alone. */
export interface OpenHistory extends Pick<OpenProperties, 'server' | 'name' | 'close'> {
  readonly desks: readonly BenchDesk[];
  /** Names the desks of the busy room and of new rooms to the load generator; null where there is no busy room. */
  readonly rooms: { readonly busy: string; readonly fresh: string } | null;
  /** Up to when its properties had guests. Unix milliseconds. */
  readonly madeAt: number;
}

const DESKS_OF_A_HOUSE = 2;
const CARDS_OF_AN_ENCODER = 8;

export async function openHistory({
  checkout,
  prepared,
  load,
  execArgv,
}: {
  readonly checkout: string;
  readonly prepared: Prepared;
  readonly load: Part;
  readonly execArgv: readonly string[];
}): Promise<OpenHistory> {
  const { dataFolder, plan, madeAt } = prepared;
  const series = nextSeries(dataFolder);
  const properties = [...Map.groupBy(prepared.desks, ({ propertyId }) => propertyId).values()];
  const usual = properties
    .slice(0, plan.properties)
    .flatMap((desks) => desks.slice(0, DESKS_OF_A_HOUSE).map(withAllRooms(desks)));
  const busyProperty = properties[plan.properties];
  const ofBusyProperty = busyProperty === undefined ? [] : busyAndFresh(busyProperty);
  const further = furtherDesks([...usual, ...ofBusyProperty], CARDS_OF_AN_ENCODER, series);

  const { agents, keys } = await connectAgents.prepare(further.length);
  await putFurtherDesks(join(dataFolder, 'keyrack.db'), further, keys, series);
  const server = await startServer({ checkout, dataFolder, execArgv });
  await connectAgents.connect(agents, { desks: further, url: server.url });

  const aim = async (name: string, desks: readonly BenchDesk[]) => {
    await load.ask('aim', { server: name, url: server.url, desks } satisfies Aim);
    return name;
  };
  const desks = further.slice(0, usual.length);
  const half = usual.length + ofBusyProperty.length / 2;
  return {
    server,
    desks,
    madeAt,
    name: await aim(dataFolder, desks),
    rooms:
      busyProperty === undefined
        ? null
        : {
            busy: await aim(`${dataFolder} busy`, further.slice(usual.length, half)),
            fresh: await aim(`${dataFolder} fresh`, further.slice(half)),
          },
    close: async () => {
      await agents.kill();
      await server.stop();
    },
  };
}

/** Each run has agents, encoders and cards of its own: the journals of earlier ones are gone with their processes. */
function nextSeries(dataFolder: string): number {
  const file = join(dataFolder, 'series');
  const series = Number(readSeries(file)) + 1;
  writeFileSync(file, String(series));
  return series;
}

function readSeries(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '1';
  }
}

function withAllRooms(desks: readonly BenchDesk[]): (desk: BenchDesk) => BenchDesk {
  const rooms = desks.flatMap((desk) => desk.rooms);
  return (desk) => ({ ...desk, rooms });
}

/** Desks for the room with the long past, and as many for those of its property that have next to none. */
function busyAndFresh(property: readonly BenchDesk[]): BenchDesk[] {
  const [busy, ...fresh] = property.flatMap((desk) => desk.rooms);
  if (busy === undefined) throw new Error('the busy property has no rooms');
  return [
    ...property.map((desk) => ({ ...desk, rooms: [busy] })),
    ...property.map((desk) => ({ ...desk, rooms: fresh })),
  ];
}
