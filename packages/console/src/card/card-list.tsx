import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import { Hidden } from '../page/page.tsx';
import type { CardRecord } from '../room/room.ts';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './card-list.module.css';
import { Plastic, type PlasticLook, SerialEnd } from './plastic.tsx';
import * as texts from './texts.ts';

/** An action with one card of a list. */
export interface CardAction {
  readonly name: string;
  readonly act: (record: CardRecord) => void;
}

/** Cards below each other, each with its holder, its serial's end, its time and who issued it. */
export function CardList(props: {
  readonly label: string;
  readonly heading?: boolean;
  readonly records: readonly CardRecord[];
  readonly look: (record: CardRecord) => PlasticLook;
  readonly issuers?: ReadonlyMap<string, string> | undefined;
  readonly actions?: readonly CardAction[];
  readonly note?: (record: CardRecord) => ReactNode;
}) {
  if (props.records.length === 0) return null;
  return (
    <section className={classes.cards} aria-label={props.label}>
      {props.heading && <h3 className={classes.heading}>{props.label}</h3>}
      <ul>
        {props.records.map((record) => (
          <CardRow
            key={record.id}
            record={record}
            look={props.look(record)}
            issuer={props.issuers?.get(record.id) ?? null}
            actions={props.actions ?? []}
            note={props.note?.(record)}
          />
        ))}
      </ul>
    </section>
  );
}

function CardRow(props: {
  readonly record: CardRecord;
  readonly look: PlasticLook;
  readonly issuer: string | null;
  readonly actions: readonly CardAction[];
  readonly note: ReactNode;
}) {
  const t = useTexts(texts);
  const times = useTimes();
  const { record, look, issuer } = props;
  const { holder, serial, validFrom, validUntil, mayOpenUntil, issuedAt, status } = record;
  const issued = issuer
    ? t('issuedBy', { time: times.short(issuedAt), name: issuer })
    : t('issued', { time: times.short(issuedAt) });
  return (
    <li className={classes.card} data-look={look}>
      <Plastic look={look} />
      <div>
        <p className={classes.name}>
          <b>{holder === null ? t('noHolder') : <bdi>{holder}</bdi>}</b>
          <SerialEnd serial={serial} />
          {look === 'stops' && <Hidden>{t('stops')}</Hidden>}
        </p>
        {status === 'superseded' || status === 'lost' ? (
          <p className={classes.line} data-meaning={status === 'lost' ? 'lost' : 'warn'}>
            {t(status === 'lost' ? 'lostMayOpen' : 'oldMayOpen', {
              time: times.dayAndClock(mayOpenUntil ?? validUntil),
            })}
          </p>
        ) : status === 'pending' ? (
          <p className={classes.line}>{t('pending')}</p>
        ) : (
          <p className={classes.line}>
            {status === 'upcoming'
              ? t('fromUntil', { from: times.dayAndClock(validFrom), until: times.dayAndClock(validUntil) })
              : t('until', { issued, until: times.dayAndClock(validUntil) })}
          </p>
        )}
        {props.note}
      </div>
      {props.actions.length > 0 && serial !== null && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <button type="button" className={classes.more} aria-label={t('more', { serial: `…${serial.slice(-4)}` })}>
              <Icon name="more" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {props.actions.map(({ name, act }) => (
              <Menu.Item key={name} onClick={() => act(record)}>
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
