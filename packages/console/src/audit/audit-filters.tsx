import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { actorsOf } from '../actor/actors.ts';
import * as actorTexts from '../actor/texts.ts';
import { Icon } from '../icon/icon.tsx';
import { roomsOf } from '../room/room.ts';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { DayRangeChoice } from '../time/day-range.tsx';
import { ACTIONS } from './action-words.ts';
import classes from './audit-page.module.css';
import { type AuditChange, type AuditSearch, meantBy } from './audit-search.ts';
import * as texts from './texts.ts';

interface FiltersProps {
  readonly search: AuditSearch;
  readonly onChange: (next: AuditChange) => void;
  readonly onClear: () => void;
}

/** What the log is searched by. */
export function AuditFilters({ search, onChange, onClear }: FiltersProps) {
  const t = useTexts(texts);
  const a = useTexts(actorTexts);
  const { language } = useLanguage();
  const { property, can } = useSession();
  const { data: actors = [] } = useQuery(actorsOf(property.id, can));
  const { data: rooms = [] } = useQuery(roomsOf(property.id));
  const [typed, setTyped] = useState('');
  const [isUnknown, setUnknown] = useState(false);
  const { log, ...filters } = search;
  const find = (event: FormEvent) => {
    event.preventDefault();
    const meant = meantBy(typed, rooms);
    setUnknown(meant === null && typed.trim() !== '');
    if (meant === null) return;
    setTyped('');
    onChange({ ...NO_THING, ...meant });
  };
  const roomName = rooms.find(({ id }) => id === search.room)?.name ?? search.room;
  const things = [
    search.room !== undefined && { name: 'room' as const, what: t('onlyRoom', { room: roomName ?? '' }) },
    search.card !== undefined && { name: 'card' as const, what: t('onlyCard', { card: search.card }) },
    search.operation !== undefined && {
      name: 'operation' as const,
      what: t('onlyOperation', { operation: `…${search.operation.slice(-4)}` }),
    },
  ].filter((thing) => thing !== false);
  return (
    <search aria-label={t('search')}>
      <form className={classes.filters} onSubmit={find}>
        <TextInput
          className={classes.find}
          type="search"
          maxLength={64}
          leftSection={<Icon name="search" />}
          aria-label={t('find')}
          placeholder={t('find')}
          value={typed}
          error={isUnknown && t('notFound')}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <NativeSelect
          aria-label={t('actor')}
          value={search.actor ?? ''}
          onChange={({ currentTarget }) => onChange({ actor: currentTarget.value || undefined })}
          data={[
            { value: '', label: t('anybody') },
            { value: 'owner', label: a('kinds.owner') },
            { value: 'server', label: a('kinds.server') },
            ...actors.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          aria-label={t('action')}
          value={search.action ?? ''}
          onChange={({ currentTarget }) => onChange({ action: currentTarget.value || undefined })}
          data={[
            { value: '', label: t('anyAction') },
            ...Object.entries(ACTIONS).map(([value, words]) => ({ value, label: words[language] })),
          ]}
        />
        <DayRangeChoice range={{ first: search.first, last: search.last }} onChange={onChange} />
        {things.map(({ name, what }) => (
          <Button
            key={name}
            size="xs"
            rightSection={<Icon name="no" size={12} />}
            onClick={() => onChange({ [name]: undefined })}
          >
            <bdi>{t('only', { what })}</bdi>
          </Button>
        ))}
        {Object.keys(filters).length > 0 && (
          <Button size="xs" variant="subtle" onClick={onClear}>
            {t('clear')}
          </Button>
        )}
      </form>
    </search>
  );
}

/** One thing is looked for at a time: another one takes its place. */
const NO_THING = { room: undefined, card: undefined, operation: undefined };
