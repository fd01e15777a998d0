import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { cardTypeOf, LOCK_TYPES, type LockType, USUAL_LOCK_TYPE } from '../lock/lock-types.ts';
import { Failure } from '../page/failure.tsx';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './house.module.css';
import { floorName } from './place-tree.tsx';
import type { TreeBuilding } from './room-rows.ts';
import * as texts from './texts.ts';

/** One room on a floor that is there. The form stays, for the next one. */
export function AddRoom({ tree, floor }: { readonly tree: readonly TreeBuilding[]; readonly floor: string | null }) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const { property } = useSession();
  const client = useQueryClient();
  const floors = tree.flatMap(({ building, floors }) => floors.map((each) => ({ building, ...each })));
  const [at, setAt] = useState(floor ?? floors[0]?.floor.id ?? '');
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [type, setType] = useState<LockType>(USUAL_LOCK_TYPE);
  const [gateway, setGateway] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: () =>
      keyrack.rooms.create({
        property: property.id,
        floor: at,
        number: number.trim(),
        name: name.trim() || number.trim(),
        lock: { type, gateway },
      }),
    async onSuccess() {
      setNumber('');
      setName('');
      first.current?.focus();
      await client.invalidateQueries({ queryKey: ['places'] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!add.isPending) add.mutate();
  };
  if (floors.length === 0) return <Note meaning="calm">{t('noFloorYet')}</Note>;
  const fault = (path: string) => explainFault(add.error, path, language);
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <NativeSelect label={t('floorOfRoom')} value={at} onChange={({ currentTarget }) => setAt(currentTarget.value)}>
        {tree.map(({ building, floors: within }) => (
          <optgroup key={building.id} label={building.name}>
            {within.map(({ floor: each }) => (
              <option key={each.id} value={each.id}>
                {floorName(each, t)}
              </option>
            ))}
          </optgroup>
        ))}
      </NativeSelect>
      <TextInput
        ref={first}
        data-autofocus
        label={t('columns.number')}
        value={number}
        error={fault('number')}
        onChange={({ currentTarget }) => setNumber(currentTarget.value)}
        autoComplete="off"
      />
      <TextInput
        label={t('nameOfRoom')}
        placeholder={number}
        value={name}
        error={fault('name')}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        autoComplete="off"
      />
      <NativeSelect
        label={t('columns.lockType')}
        description={t('cardTypeFollows', { type: String(cardTypeOf(type)) })}
        value={type}
        onChange={({ currentTarget }) => setType(currentTarget.value as LockType)}
        data={[...LOCK_TYPES]}
      />
      <Checkbox
        className={classes.wide}
        label={t('gatewayLong')}
        checked={gateway}
        onChange={({ currentTarget }) => setGateway(currentTarget.checked)}
      />
      <div className={classes.wide}>
        {add.error && !hasFaults(add.error) && <Failure error={add.error} />}
        {add.data && (
          <Note meaning="good" live="status">
            {t('roomAdded', { room: add.data.number, lock: String(add.data.lock.number) })}
          </Note>
        )}
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={add.isPending}>
            {t('addRoom')}
          </Button>
        </div>
      </div>
    </form>
  );
}
