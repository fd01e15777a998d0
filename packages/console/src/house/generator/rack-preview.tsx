import { Chip } from '../../state/chip.tsx';
import { Note } from '../../state/note.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from './generator.module.css';
import type { PlannedRoom } from './rooms-of-plan.ts';
import * as texts from './texts.ts';

interface Building {
  readonly number: string;
  readonly name: string | null;
  readonly floors: readonly { readonly number: string; readonly rooms: readonly string[] }[];
  readonly count: number;
}

/** Buildings with their floors, the top one first as on the rack. */
export function buildingsOf(
  rooms: readonly Pick<PlannedRoom, 'building' | 'buildingName' | 'floor' | 'number'>[],
): Building[] {
  const inOrder = new Intl.Collator('en', { numeric: true }).compare;
  return Array.from(
    Map.groupBy(rooms, ({ building }) => building),
    ([number, within]) => ({
      number,
      name: within.find(({ buildingName }) => buildingName)?.buildingName ?? null,
      count: within.length,
      floors: Array.from(
        Map.groupBy(within, ({ floor }) => floor),
        ([floor, there]) => ({
          number: floor,
          rooms: there.map((room) => room.number).toSorted(inOrder),
        }),
      ).toSorted((one, other) => inOrder(other.number, one.number)),
    }),
  );
}

/** What the rack will look like. */
export function RackPreview(props: {
  readonly rooms: readonly PlannedRoom[];
  /** How many of those that were typed the house has already. */
  readonly there: number;
}) {
  const { rooms, there } = props;
  const t = useTexts(texts);
  return (
    <section className={classes.preview} aria-label={t('preview')}>
      <header className={classes.previewHead}>
        <h2>{t('preview')}</h2>
        <Chip meaning={rooms.length === 0 ? 'calm' : 'good'} {...(rooms.length > 0 && { icon: 'ok' as const })}>
          {t('count', { count: rooms.length })}
        </Chip>
      </header>
      {there > 0 && <Note meaning="calm">{t('thereAlready', { count: there })}</Note>}
      {rooms.length === 0 && there === 0 && <p className={classes.muted}>{t('previewEmpty')}</p>}
      {buildingsOf(rooms).map(({ number, name, floors, count }) => (
        <section key={number} className={classes.building}>
          <h3>
            <bdi>{name ?? t('unnamed', { number })}</bdi> <span>{t('count', { count })}</span>
          </h3>
          {floors.map((floor) => (
            <div key={floor.number} className={classes.floor}>
              <h4 title={t('floorLabel', { number: floor.number })}>{floor.number}</h4>
              <ul className={classes.rooms}>
                {floor.rooms.map((room) => (
                  <li key={room}>{room}</li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </section>
  );
}
