import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failure } from '../page/failure.tsx';
import { useFirstFocus } from '../page/use-first-focus.ts';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './room.module.css';
import { type Room, roomsOf } from './room.ts';
import type { RoomWay } from './room-way.ts';
import * as texts from './texts.ts';

/** Another room for the guest: its panel goes on with their name and their end. */
export function MoveForm({ room, way }: { readonly room: Room; readonly way: RoomWay }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data: rooms = [], error } = useQuery(roomsOf(property.id));
  const [to, setTo] = useState<string | null>(null);
  // Digits begin a search from anywhere else on the desk, and would leave the move.
  const field = useFirstFocus<HTMLInputElement>();
  const target = rooms.find(({ id }) => id === to);
  return (
    <form
      className={classes.section}
      aria-label={t('moveTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (to !== null) way.open(to, { from: room.id });
      }}
    >
      <h3>{t('moveTitle')}</h3>
      <p className={classes.lead}>{t('moveWhy', { room: room.name })}</p>
      {error && <Failure error={error} />}
      <Select
        ref={field}
        label={t('moveTo')}
        searchable
        limit={50}
        value={to}
        onChange={setTo}
        nothingFoundMessage={t('moveNone')}
        data={rooms
          .filter(({ id }) => id !== room.id)
          .map(({ id, name, building }) => ({ value: id, label: labelOf(name, building.name) }))}
      />
      <Button
        type="submit"
        variant="filled"
        size="md"
        fullWidth
        rightSection={<kbd>Enter</kbd>}
        aria-disabled={to === null}
      >
        {target === undefined ? t('moveGoEmpty') : t('moveGo', { room: target.name })}
      </Button>
    </form>
  );
}

/** Names of rooms often begin with their building's. */
function labelOf(room: string, building: string): string {
  return room.startsWith(building) ? room : `${room} · ${building}`;
}
