import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { roomNames } from '../desk/room-names.ts';
import { serverNow } from '../time/server-clock.ts';
import type { RackFloor } from './rack-figures.ts';
import { rangeOfSpan, type Span } from './spans.ts';

// Both are static: with each operation that is done they would be asked for anew. use-refresh.ts says when.

export const statisticsOf = (property: string, timeZone: string, span: Span) =>
  queryOptions({
    queryKey: ['dashboard', property, 'statistics', span],
    staleTime: 'static',
    queryFn: ({ signal }) =>
      keyrack.call('getStatistics', { property, ...rangeOfSpan(span, serverNow(), timeZone) }, { signal }),
  });

export const rackOf = (property: string) =>
  queryOptions({
    queryKey: ['dashboard', property, 'rack'],
    staleTime: 'static',
    async queryFn({ signal }): Promise<readonly RackFloor[]> {
      const { buildings } = await keyrack.call('getKeyRack', { property }, { signal });
      const { full } = roomNames(buildings);
      return buildings.flatMap(({ name, floors }) =>
        floors.map((floor) => ({
          ...{ building: name, floor: floor.name },
          rooms: floor.rooms.map((room) => ({ ...room, name: full.get(room.id) ?? room.name })),
        })),
      );
    },
  });
