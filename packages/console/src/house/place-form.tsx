import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './house.module.css';
import type { TreeBuilding } from './room-rows.ts';
import * as texts from './texts.ts';

/** A new building, or a floor of one. */
export function AddPlace(props: {
  readonly tree: readonly TreeBuilding[];
  readonly building: string | null;
  readonly onDone: () => void;
}) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const { property } = useSession();
  const client = useQueryClient();
  const [of, setOf] = useState(props.building ?? '');
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      const given = { property: property.id, number: number.trim(), name: name.trim() || number.trim() };
      if (of === '') await keyrack.buildings.create(given);
      else await keyrack.floors.create({ ...given, building: of });
    },
    async onSuccess() {
      await client.invalidateQueries({ queryKey: ['places'] });
      props.onDone();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!add.isPending) add.mutate();
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <NativeSelect
        label={t('placeKind')}
        value={of}
        onChange={({ currentTarget }) => setOf(currentTarget.value)}
        data={[
          { value: '', label: t('newBuilding') },
          ...props.tree.map(({ building }) => ({
            value: building.id,
            label: t('newFloorOf', { name: building.name }),
          })),
        ]}
      />
      <TextInput
        data-autofocus
        label={t('placeNumber')}
        value={number}
        error={explainFault(add.error, 'number', language)}
        onChange={({ currentTarget }) => setNumber(currentTarget.value)}
        autoComplete="off"
      />
      <TextInput
        label={t('nameOfPlace')}
        placeholder={number}
        value={name}
        error={explainFault(add.error, 'name', language)}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        autoComplete="off"
      />
      <div className={classes.wide}>
        {add.error && !hasFaults(add.error) && <Failure error={add.error} />}
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={add.isPending}>
            {t('add')}
          </Button>
          <Button variant="subtle" onClick={props.onDone}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
