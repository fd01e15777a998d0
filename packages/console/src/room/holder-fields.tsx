import { Select, TextInput } from '@mantine/core';
import { type Ref, useState } from 'react';
import { useFault } from '../problem/use-fault.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './room.module.css';
import * as texts from './texts.ts';
import { digitsOf, type Fault, type Wish } from './wish.ts';

/** Who the cards are for. The name is what a desk needs; the rest is there where a house keeps it. */
export function HolderFields(props: {
  readonly wish: Wish;
  readonly fault: Fault | null;
  /** What the server has against the fields, where it refused them. */
  readonly error?: unknown;
  readonly nameRef: Ref<HTMLInputElement>;
  readonly onChange: (change: Partial<Wish>) => void;
}) {
  const t = useTexts(texts);
  const faultAt = useFault(props.error);
  const { wish, fault, onChange } = props;
  // What is filled, or wrong, is seen.
  const [isOpen, setOpen] = useState(wish.mobile !== '' || wish.gender !== '');
  return (
    <>
      <TextInput
        ref={props.nameRef}
        className={classes.full}
        label={t('holder')}
        value={wish.name}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        error={fault === 'name' ? t('holderAdvice') : faultAt('holder.name')}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <details
        className={classes.disclosure}
        open={isOpen || fault === 'phone'}
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary>{t('moreHolder')}</summary>
        <div className={classes.two}>
          <TextInput
            label={t('areaCode')}
            value={wish.areaCode}
            inputMode="tel"
            autoComplete="off"
            maxLength={12}
            error={faultAt('holder.areaCode')}
            onChange={({ currentTarget }) => onChange({ areaCode: digitsOf(currentTarget.value) })}
          />
          <TextInput
            label={t('mobile')}
            value={wish.mobile}
            inputMode="tel"
            autoComplete="off"
            maxLength={30}
            error={fault === 'phone' ? t('phoneFault') : faultAt('holder.mobile')}
            onChange={({ currentTarget }) => onChange({ mobile: digitsOf(currentTarget.value) })}
          />
        </div>
        <Select
          mt="sm"
          label={t('gender')}
          allowDeselect={false}
          value={wish.gender}
          data={[
            { value: '', label: t('notTold') },
            { value: 'female', label: t('female') },
            { value: 'male', label: t('male') },
          ]}
          onChange={(gender) => onChange({ gender: (gender ?? '') as Wish['gender'] })}
        />
      </details>
    </>
  );
}
