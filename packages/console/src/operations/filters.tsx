import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { actorsOf } from '../actor/actors.ts';
import { encodersOf } from '../encoder/encoders.ts';
import { Icon } from '../icon/icon.tsx';
import * as words from '../operation/texts.ts';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { DayRangeChoice } from '../time/day-range.tsx';
import classes from './filters.module.css';
import { KINDS, type OperationsSearch, type SearchChange, STATES } from './operations-search.ts';
import { roomNameOf } from './room-name.ts';
import * as texts from './texts.ts';

/** Milliseconds after the last key before a search is asked for. */
const TYPING_MS = 250;

interface FiltersProps {
  readonly search: OperationsSearch;
  readonly onChange: (next: SearchChange, replace?: boolean) => void;
  readonly onClear: () => void;
}

/** What of all operations the list shows. */
export function Filters({ search, onChange, onClear }: FiltersProps) {
  const t = useTexts(texts);
  const w = useTexts(words);
  const { property, can } = useSession();
  const { data: encoders = [] } = useQuery(encodersOf(property.id));
  const { data: actors = [] } = useQuery({ ...actorsOf(property.id, can), enabled: can('members.read') });
  // A front desk carries out what others ask for.
  const requesters = actors.filter(({ kind }) => kind !== 'agent');
  const { data: room } = useQuery({
    ...roomNameOf(property.id, search.room ?? ''),
    enabled: search.room !== undefined,
  });
  const isFiltered = Object.keys(search).length > 0;
  const select = (name: 'state' | 'kind' | 'encoder' | 'requester', all: string, choices: [string, string][]) => (
    <NativeSelect
      size="sm"
      aria-label={t(name)}
      value={search[name] ?? ''}
      onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value || undefined })}
      data={[{ value: '', label: all }, ...choices.map(([value, label]) => ({ value, label }))]}
    />
  );
  return (
    <search className={classes.filters} aria-label={t('filters')}>
      <Find value={search.search ?? ''} onChange={(text) => onChange({ search: text || undefined }, true)} />
      {select(
        'state',
        t('anyState'),
        STATES.map((state) => [state, state === 'open' ? t('openState') : w(`states.${state}`)]),
      )}
      {select(
        'kind',
        t('anyKind'),
        KINDS.map((kind) => [kind, w(`kinds.${kind}`)]),
      )}
      {select(
        'encoder',
        t('anyEncoder'),
        encoders.map(({ id, name }) => [String(id), name]),
      )}
      {requesters.length > 0 &&
        select(
          'requester',
          t('anyRequester'),
          requesters.map(({ id, name }) => [id, name]),
        )}
      <DayRangeChoice range={{ first: search.first, last: search.last }} onChange={onChange} />
      {search.room !== undefined && (
        <Button size="xs" rightSection={<Icon name="no" size={12} />} onClick={() => onChange({ room: undefined })}>
          <bdi>{t('onlyRoom', { room: room ?? '' })}</bdi>
        </Button>
      )}
      {isFiltered && (
        <Button size="xs" variant="subtle" onClick={onClear}>
          {t('clear')}
        </Button>
      )}
    </search>
  );
}

function Find({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  const t = useTexts(texts);
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  /** Asked for, and not yet in the address: what comes there late must not undo what was typed since. */
  const underWay = useRef<readonly string[]>([]);
  // The address may change otherwise, e.g. by going back.
  useEffect(() => {
    const at = underWay.current.indexOf(value);
    underWay.current = underWay.current.slice(at + 1);
    if (at >= 0 || value === asked.current) return;
    asked.current = value;
    underWay.current = [];
    setTyped(value);
  }, [value]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = wanted;
      underWay.current = [...underWay.current, wanted];
      onChange(wanted);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <TextInput
      className={classes.find}
      type="search"
      maxLength={64}
      leftSection={<Icon name="search" />}
      aria-label={t('find')}
      placeholder={t('find')}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
