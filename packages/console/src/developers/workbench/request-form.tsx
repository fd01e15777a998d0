import { passwordDigest, type RoomCardEndpoint } from '@keyrack/sdk/room-card';
import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { encodersOf } from '../../encoder/encoders.ts';
import { membersOf } from '../../members/member-queries.ts';
import { PasswordField } from '../../person/password-field.tsx';
import { roomsOf } from '../../room/room.ts';
import { useSession } from '../../session/session.tsx';
import { useTexts } from '../../texts/texts.ts';
import { type BenchField, FIELDS, type FieldName, fieldsOf, fits, isRequired, type Values } from './endpoints.ts';
import * as texts from './texts.ts';
import classes from './workbench.module.css';

interface FormProps {
  readonly endpoint: RoomCardEndpoint;
  readonly values: Values;
  onValues(values: Values): void;
}

/** Fields that most requests leave out. They are behind a line that opens. */
const SELDOM: readonly FieldName[] = [
  'owner',
  'ownerGender',
  'ownerAreaCode',
  'ownerMobile',
  'opentype',
  'netWork',
  'isLost',
  'rand',
];

/** The fields of the endpoint, with what they mean and how they look. */
export function RequestForm(props: FormProps) {
  const t = useTexts(texts);
  const { endpoint, values, onValues } = props;
  const names = fieldsOf(endpoint);
  const set = (name: FieldName, value: string) => onValues({ ...values, [name]: value });
  const field = (name: FieldName) => (
    <Field
      key={name}
      name={name}
      value={values[name] ?? ''}
      required={isRequired(endpoint, name)}
      onChange={(value) => set(name, value)}
    />
  );
  const seldom = names.filter((name) => SELDOM.includes(name));
  return (
    <>
      {names.includes('roomNo') && <FillRoom {...props} />}
      {names.includes('creatorPassword') && (
        <>
          <FillCreator {...props} />
          <Password onDigest={(digest) => set('creatorPassword', digest)} />
        </>
      )}
      {names.filter((name) => !SELDOM.includes(name)).map(field)}
      {seldom.length > 0 && (
        <details className={classes.seldom}>
          <summary>{t('seldom', { count: seldom.length })}</summary>
          <div className={classes.stack}>{seldom.map(field)}</div>
        </details>
      )}
    </>
  );
}

function Field(props: {
  readonly name: FieldName;
  readonly value: string;
  readonly required: boolean;
  onChange(value: string): void;
}) {
  const t = useTexts(texts);
  const { name, value, required, onChange } = props;
  const { example, choices }: BenchField = FIELDS[name];
  const common = {
    label: name,
    classNames: {
      root: classes.field,
      label: classes.name,
      input: classes.mono,
      description: classes.help,
      error: classes.fault,
    },
    description: `${t(`fields.${name}`)}${required ? '' : ` · ${t('optional')}`}`,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] as ('label' | 'input' | 'error' | 'description')[],
    value,
    error: fits(name, value) ? null : t('odd', { example }),
  };
  if (choices !== undefined)
    return (
      <Select
        {...common}
        data={[...choices]}
        value={value === '' ? null : value}
        clearable={!required}
        onChange={(chosen) => onChange(chosen ?? '')}
        placeholder={t('choose')}
      />
    );
  if (name === 'issueMac') return <Encoders common={common} onChange={onChange} />;
  return (
    <TextInput
      {...common}
      placeholder={example}
      autoComplete="off"
      spellCheck={false}
      dir="auto"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The MACs that there are, or any other. */
function Encoders(props: { readonly common: object & { readonly value: string }; onChange(value: string): void }) {
  const { property } = useSession();
  const { data: encoders = [] } = useQuery(encodersOf(property.id));
  return (
    <Autocomplete
      {...props.common}
      data={[...new Set(encoders.map(({ mac }) => mac))]}
      placeholder={FIELDS.issueMac.example}
      autoComplete="off"
      renderOption={({ option }) => (
        <span>
          <span className={classes.mono}>{option.value}</span>{' '}
          <bdi className={classes.help}>{encoders.find(({ mac }) => mac === option.value)?.name}</bdi>
        </span>
      )}
      onChange={props.onChange}
    />
  );
}

function Password({ onDigest }: { onDigest(digest: string): void }) {
  const t = useTexts(texts);
  const [typed, setTyped] = useState('');
  return (
    <PasswordField
      label={t('password')}
      description={t('passwordHelp')}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      classNames={{ root: classes.field, description: classes.help }}
      value={typed}
      autoComplete="off"
      onChange={(event) => {
        const { value } = event.currentTarget;
        setTyped(value);
        onDigest(value === '' ? '' : passwordDigest(value));
      }}
    />
  );
}

/** Fills the creator's fields in, for who may see members. */
function FillCreator({ values, onValues }: FormProps) {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const { data: members = [] } = useQuery({
    ...membersOf(property.id),
    enabled: can('members.read'),
    select: (all) => all.filter(({ active }) => active),
  });
  if (members.length === 0) return null;
  return (
    <Select
      label={t('creator')}
      classNames={{ root: classes.field }}
      placeholder={t('choose')}
      searchable
      limit={50}
      value={null}
      data={members.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id) => {
        const member = members.find((each) => each.id === id);
        if (member === undefined) return;
        const byMobile = member.mobile !== null;
        onValues({
          ...values,
          creatorAreaCode: byMobile ? (member.areaCode ?? '') : '',
          creatorMobile: member.mobile ?? '',
          creatorEmail: byMobile ? '' : (member.email ?? ''),
        });
      }}
    />
  );
}

/** Fills the three numbers of a room in. */
function FillRoom({ values, onValues }: FormProps) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data: rooms = [] } = useQuery(roomsOf(property.id));
  if (rooms.length === 0) return null;
  return (
    <Select
      label={t('room')}
      classNames={{ root: classes.field }}
      placeholder={t('choose')}
      searchable
      limit={50}
      value={null}
      data={rooms.map(({ id, name, lock }) => ({ value: id, label: `${name} · ${lock.type}` }))}
      onChange={(id) => {
        const room = rooms.find((each) => each.id === id);
        if (room === undefined) return;
        onValues({ ...values, buildNo: room.building.number, floorNo: room.floor.number, roomNo: room.number });
      }}
    />
  );
}
