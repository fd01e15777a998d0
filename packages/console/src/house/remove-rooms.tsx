import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './house.module.css';
import type { Room } from './places.ts';
import * as texts from './texts.ts';

/** A card that keeps a room where it is. */
export interface KeepingCard {
  readonly serial: string;
  readonly record: string;
  readonly validUntil: string;
}

/** The cards that the problem `room-has-cards` names. */
export function cardsOf(error: unknown): readonly KeepingCard[] {
  if (!isProblem(error, 'room-has-cards')) return [];
  const { cards } = error.body;
  return Array.isArray(cards) ? (cards as KeepingCard[]) : [];
}

/** Asks before rooms are removed, and says what that means. */
export function RemoveRooms(props: {
  readonly rooms: readonly Room[];
  readonly onRemove: () => void;
  readonly onKeep: () => void;
}) {
  const t = useTexts(texts);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const { rooms } = props;
  return (
    <section className={classes.ask} aria-label={t('removeAsk', { count: rooms.length, room: rooms[0]?.number ?? '' })}>
      <Note meaning="warn">
        <p>
          <b>{t('removeAsk', { count: rooms.length, room: rooms[0]?.number ?? '' })}</b>
        </p>
        <p>{t('removeMeans', { count: rooms.length })}</p>
        <div className={classes.acts}>
          <Button size="xs" ref={keep} onClick={props.onKeep}>
            {t('keep', { count: rooms.length })}
          </Button>
          <Button size="xs" color="bad" onClick={props.onRemove}>
            {t('removeNow', { count: rooms.length })}
          </Button>
        </div>
      </Note>
    </section>
  );
}
