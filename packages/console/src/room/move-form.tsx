import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import type { RackRoom } from '../desk/seen-state.ts';
import { useRackPart, useRackStore } from '../desk/use-rack.ts';
import { useTexts } from '../texts/texts.ts';
import { IssueFormFrame } from './issue-button.tsx';
import classes from './room.module.css';
import type { Room } from './room.ts';
import type { RoomWay } from './room-way.ts';
import * as texts from './texts.ts';

/** Another room for the guest: its panel goes on with their name and their end. Vacant ones come first. */
export function MoveForm({ room, way }: { readonly room: Room; readonly way: RoomWay }) {
  const t = useTexts(texts);
  const store = useRackStore();
  useRackPart((rack) => rack.counts());
  const rooms = [...store.rooms()].filter(({ id }) => id !== room.id);
  const [to, setTo] = useState<string | null>(null);
  const target = rooms.find(({ id }) => id === to);
  const group = (name: string, of: (each: RackRoom) => boolean) => ({
    group: name,
    items: rooms.filter(of).map(({ id }) => ({ value: id, label: store.name(id) })),
  });
  return (
    <IssueFormFrame
      label={t('moveTitle')}
      onSubmit={() => {
        if (to !== null) way.open(to, { from: room.id });
      }}
    >
      <h3>{t('moveTitle')}</h3>
      <p className={classes.lead}>{t('moveWhy', { room: room.name })}</p>
      <Select
        label={t('moveTo')}
        searchable
        limit={50}
        value={to}
        onChange={setTo}
        nothingFoundMessage={t('moveNone')}
        data={[
          group(t('moveVacant'), ({ state }) => state === 'vacant'),
          group(t('moveTaken'), ({ state }) => state !== 'vacant'),
        ]}
      />
      <Button
        type="submit"
        variant="filled"
        size="md"
        fullWidth
        rightSection={<kbd>Enter</kbd>}
        aria-disabled={to === null}
      >
        {target === undefined ? t('moveGoEmpty') : t('moveGo', { room: store.name(target.id) })}
      </Button>
    </IssueFormFrame>
  );
}
