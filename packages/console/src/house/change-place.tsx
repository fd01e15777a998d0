import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { changeSeen, isAsSeen, theirsOf } from '../conflict/change-seen.ts';
import * as conflict from '../conflict/texts.ts';
import { TheirsNote } from '../conflict/theirs-note.tsx';
import { Failure } from '../page/failure.tsx';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './house.module.css';
import * as texts from './texts.ts';

/** A building or a floor, as somebody saw it when they began to change it. */
export interface SeenPlace {
  readonly kind: 'building' | 'floor';
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** Rooms of it; what isn't empty stays. */
  readonly rooms: number;
  /** Floors of a building. */
  readonly floors: number;
}

/** Another number or name of a building or floor, unless somebody else changed it meanwhile; or its end. */
export function ChangePlace({ place, onDone }: { readonly place: SeenPlace; readonly onDone: () => void }) {
  const t = useTexts(texts);
  const c = useTexts(conflict);
  const { language } = useLanguage();
  const { property } = useSession();
  const client = useQueryClient();
  const [seen, setSeen] = useState<Pick<SeenPlace, 'number' | 'name'>>(place);
  const [number, setNumber] = useState(place.number);
  const [name, setName] = useState(place.name);
  const isBuilding = place.kind === 'building';
  const of = { property: property.id, [place.kind]: place.id } as never;
  const isEmpty = place.rooms === 0 && place.floors === 0;
  const settle = async () => {
    await client.invalidateQueries({ queryKey: ['places'] });
    onDone();
  };
  const change = useMutation({
    mutationFn: () =>
      changeSeen<Pick<SeenPlace, 'number' | 'name'>>({
        get: () => (isBuilding ? keyrack.buildings.get(of) : keyrack.floors.get(of)),
        isSeen: (now) => isAsSeen(now, seen, ['number', 'name']),
        change(known) {
          const changes = { ...(of as object), number: number.trim(), name: name.trim() } as never;
          return isBuilding
            ? keyrack.buildings.change(changes, { ifMatch: known })
            : keyrack.floors.change(changes, { ifMatch: known });
        },
      }),
    onSuccess: settle,
    onError: (error) => setSeen(theirsOf<SeenPlace>(error) ?? seen),
  });
  const remove = useMutation({
    mutationFn: () => (isBuilding ? keyrack.buildings.remove(of) : keyrack.floors.remove(of)),
    onSuccess: settle,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  const theirs = theirsOf<SeenPlace>(change.error);
  const error = change.error ?? remove.error;
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        data-autofocus
        label={t('placeNumber')}
        description={t('numberTold')}
        value={number}
        error={explainFault(change.error, 'number', language)}
        onChange={({ currentTarget }) => setNumber(currentTarget.value)}
        autoComplete="off"
      />
      <TextInput
        label={t('name')}
        description={t('nameTold')}
        value={name}
        error={explainFault(change.error, 'name', language)}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        autoComplete="off"
      />
      <div className={classes.wide}>
        {theirs && (
          <TheirsNote
            now={[
              [t('placeNumber'), theirs.number],
              [t('name'), theirs.name],
            ]}
          />
        )}
        {error && !theirs && !hasFaults(error) && <Failure error={error} />}
        {!isEmpty && <p className={classes.muted}>{t(isBuilding ? 'buildingStays' : 'floorStays')}</p>}
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={change.isPending}>
            {theirs ? c('saveMine') : t('saveIt')}
          </Button>
          <Button variant="subtle" onClick={theirs ? () => void settle() : onDone}>
            {theirs ? c('leaveTheirs') : t('cancel')}
          </Button>
          {isEmpty && (
            <Button color="bad" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t(isBuilding ? 'removeBuilding' : 'removeFloor')}
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}
