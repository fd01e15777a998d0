import { isProblem } from '@keyrack/sdk';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
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
    async mutationFn(): Promise<'done' | { readonly number: string; readonly name: string }> {
      const known = isBuilding ? await keyrack.buildings.get(of) : await keyrack.floors.get(of);
      if (known.number !== seen.number || known.name !== seen.name) return known;
      const changes = { ...(of as object), number: number.trim(), name: name.trim() } as never;
      try {
        if (isBuilding) await keyrack.buildings.change(changes, { ifMatch: known });
        else await keyrack.floors.change(changes, { ifMatch: known });
      } catch (error) {
        if (!isProblem(error, 'changed-meanwhile')) throw error;
        return isBuilding ? keyrack.buildings.get(of) : keyrack.floors.get(of);
      }
      return 'done';
    },
    async onSuccess(now) {
      if (now === 'done') await settle();
      else setSeen(now);
    },
  });
  const remove = useMutation({
    mutationFn: () => (isBuilding ? keyrack.buildings.remove(of) : keyrack.floors.remove(of)),
    onSuccess: settle,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  const theirs = change.data !== undefined && change.data !== 'done' ? change.data : null;
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
          <Note meaning="warn" live="alert">
            {t.rich('placeChanged', {
              number: theirs.number,
              name: theirs.name,
              b: (chunks) => (
                <b>
                  <bdi>{chunks}</bdi>
                </b>
              ),
            })}
          </Note>
        )}
        {error && !hasFaults(error) && <Failure error={error} />}
        {!isEmpty && <p className={classes.muted}>{t(isBuilding ? 'buildingStays' : 'floorStays')}</p>}
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={change.isPending}>
            {t(theirs ? 'writeMine' : 'saveIt')}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t('cancel')}
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
