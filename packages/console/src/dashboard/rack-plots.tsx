import { Empty, Panel } from '../page/page.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { Bars } from './plots/bars.tsx';
import { PlotPanel } from './plots/plot-panel.tsx';
import { expiringToday, keysOut, type RackFloor } from './rack-figures.ts';
import * as texts from './texts.ts';

/** Rooms that a table names before it says how many more there are. */
const NAMED = 12;
/** Bars with room for a name below. */
const LABELS = 14;

/** How many cards are out, floor by floor. */
export function FloorPlot({ floors }: { readonly floors: readonly RackFloor[] }) {
  const t = useTexts(texts);
  const told = keysOut(floors).floors;
  const every = Math.ceil(told.length / LABELS);
  return (
    <PlotPanel
      title={t('byFloor')}
      about={t('byFloorAbout')}
      plot={
        <Bars
          label={t('byFloor')}
          bars={[...told].reverse().map(({ name, cards }, index) => ({
            key: name,
            label: index % every === 0 ? shortened(name) : '',
            values: [cards],
          }))}
        />
      }
      table={{
        columns: [
          { title: t('floor') },
          { title: t('outOf'), isNumber: true },
          { title: t('roomCount'), isNumber: true },
          { title: t('cards'), isNumber: true },
        ],
        rows: told.map(({ name, out, rooms, cards }) => ({
          key: name,
          cells: [<bdi key="name">{name}</bdi>, out, rooms, cards],
        })),
      }}
    />
  );
}

/** Whose cards end today, and when. */
export function ExpiringPlot({ floors }: { readonly floors: readonly RackFloor[] }) {
  const t = useTexts(texts);
  const times = useTimes();
  const told = expiringToday(floors);
  const every = Math.ceil(told.length / LABELS);
  if (told.length === 0)
    return (
      <Panel title={t('expiring')}>
        <Empty title={t('noExpiring')} />
      </Panel>
    );
  const rooms = told.reduce((sum, each) => sum + each.rooms.length, 0);
  const cards = told.reduce((sum, each) => sum + each.cards, 0);
  return (
    <PlotPanel
      title={t('expiring')}
      about={t('expiringAbout')}
      first="table"
      plot={
        <Bars
          label={t('expiring')}
          bars={told.map(({ until, cards: count }, index) => ({
            key: until,
            label: index % every === 0 ? times.clock(until) : '',
            values: [count],
          }))}
        />
      }
      table={{
        columns: [
          { title: t('until') },
          { title: t('roomCount'), isNumber: true },
          { title: t('cards'), isNumber: true },
          { title: t('names') },
        ],
        rows: [
          ...told.map((each) => ({
            key: each.until,
            cells: [
              times.clock(each.until),
              each.rooms.length,
              each.cards,
              <bdi key="names">{someOf(each.rooms)}</bdi>,
            ],
          })),
          { key: 'all', cells: [t('allDay'), rooms, cards, ''] },
        ],
      }}
    />
  );
}

function someOf(names: readonly string[]): string {
  return `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' …' : ''}`;
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > 8 ? `${letters.slice(0, 7).join('')}…` : name;
}
