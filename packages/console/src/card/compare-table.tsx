import { useQuery } from '@tanstack/react-query';
import { Icon } from '../icon/icon.tsx';
import { Hidden, Panel } from '../page/page.tsx';
import { roomOf } from '../room/room.ts';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './read-page.module.css';
import { type Compared, compared, type Reading } from './reading.ts';
import * as texts from './texts.ts';

/** What the card says beside what the records say, the differences first. */
export function CompareTable({ reading, holder }: { readonly reading: Reading; readonly holder: string | null }) {
  const t = useTexts(texts);
  const rows = compared(reading);
  if (rows.length === 0) return null;
  const group = (differs: boolean) => rows.filter((row) => row.differs === differs);
  const { record } = reading;
  return (
    <Panel flush label={t('compare')}>
      <table className={classes.compare}>
        <thead>
          <tr>
            <th scope="col">
              <Hidden>{t('field')}</Hidden>
            </th>
            <th scope="col">{t('cardSays')}</th>
            <th scope="col">{t('recordSays')}</th>
          </tr>
        </thead>
        {[true, false].map((differs) => {
          const inGroup = group(differs);
          if (inGroup.length === 0) return null;
          return (
            <tbody key={String(differs)}>
              {record !== null && (
                <tr className={classes.group}>
                  <th scope="colgroup" colSpan={3}>
                    <Icon name={differs ? 'alert' : 'ok'} size={13} />
                    {t(differs ? 'differs' : 'agrees')}
                  </th>
                </tr>
              )}
              {inGroup.map((row) => (
                <tr key={row.field} className={row.differs ? classes.differs : undefined}>
                  <th scope="row">{t(`fields.${row.field}`)}</th>
                  <td>
                    <Said row={row} side="card" />
                  </td>
                  <td>
                    {row.differs && (
                      <>
                        <span className={classes.unequal} aria-hidden="true">
                          ≠
                        </span>
                        <Hidden>{t('differsFrom')} </Hidden>
                      </>
                    )}
                    {record === null ? <span className={classes.muted}>–</span> : <Said row={row} side="record" />}
                  </td>
                </tr>
              ))}
              {!differs && record !== null && (
                <>
                  <tr>
                    <th scope="row">{t('fields.holder')}</th>
                    <td className={classes.muted}>{t('notKept')}</td>
                    <td>{holder === null ? t('noHolder') : <bdi>{holder}</bdi>}</td>
                  </tr>
                  <tr>
                    <th scope="row">{t('fields.status')}</th>
                    <td className={classes.muted}>{t('notKept')}</td>
                    <td>{isStatus(record.status) ? t(`status.${record.status}`) : record.status}</td>
                  </tr>
                </>
              )}
            </tbody>
          );
        })}
      </table>
    </Panel>
  );
}

function isStatus(status: string): status is keyof (typeof texts.english)['status'] {
  return Object.hasOwn(texts.english.status, status);
}

function Said({ row, side }: { readonly row: Compared; readonly side: 'card' | 'record' }) {
  const t = useTexts(texts);
  const times = useTimes();
  const value = row[side];
  const content =
    row.field === 'room' ? (
      <RoomName room={typeof value === 'string' ? value : null} />
    ) : typeof value === 'boolean' ? (
      t(value ? 'yes' : 'no')
    ) : row.field === 'validFrom' || row.field === 'validUntil' ? (
      times.dayAndClock(String(value))
    ) : (
      String(value)
    );
  return row.differs ? <b>{content}</b> : content;
}

function RoomName({ room }: { readonly room: string | null }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data } = useQuery({ ...roomOf(property.id, room ?? ''), enabled: room !== null });
  return room === null ? t('noRoom') : <bdi>{data?.name ?? '…'}</bdi>;
}
