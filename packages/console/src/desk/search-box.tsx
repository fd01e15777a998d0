import { type KeyboardEvent, type Ref, useEffect, useId, useState } from 'react';
import { Icon } from '../icon/icon.tsx';
import { Hidden } from '../page/page.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { cutAt } from './rack-filter.ts';
import classes from './search.module.css';
import { seenState } from './seen-state.ts';
import * as texts from './texts.ts';
import { useRackStore } from './use-rack.ts';
import type { Found } from './use-search.ts';

/** Guests that are listed; all that were found are shown on the rack. */
const GUESTS_LISTED = 7;

interface Option {
  readonly key: string;
  readonly group: 'rooms' | 'guests' | 'plastic';
  /** Id of the room that it opens; null for none. */
  readonly room: string | null;
  readonly lead: string;
  readonly name: string | null;
  readonly about: string;
}

/** Finds rooms, guests and cards while somebody types. Arrows choose, Enter opens, Esc clears. */
export function SearchBox(props: {
  readonly input: Ref<HTMLInputElement>;
  readonly text: string;
  readonly placeholder: string;
  readonly found: Found;
  readonly onText: (text: string) => void;
  readonly onOpen: (room: string) => void;
  /** Esc where nothing stands in it. */
  readonly onLeave: () => void;
}) {
  const { input, text, placeholder, found, onText, onOpen, onLeave } = props;
  const t = useTexts(texts);
  const list = useId();
  const options = useOptions(found, text);
  const [chosen, setChosen] = useState<{ readonly text: string; readonly at: number } | null>(null);
  const [isOpen, setOpen] = useState(true);
  /** The text for which Enter was pressed before anything was found. */
  const [entered, setEntered] = useState<string | null>(null);
  const meantAt = found.meant === null ? -1 : options.findIndex(({ room }) => room === found.meant);
  // Another text has other results.
  const at = chosen?.text === text ? Math.min(chosen.at, options.length - 1) : meantAt;
  const isShown = isOpen && text !== '';
  const choose = (next: number) => setChosen({ text, at: next });
  /** Opens what is meant or was chosen. What is one of several, or named in part, is chosen first. */
  const enter = () => {
    const room = options[at]?.room;
    setEntered(null);
    if (room) onOpen(room);
    else if (found.isAsking) setEntered(text);
    else if (options.length > 0 && at === -1) choose(0);
  };
  const isAnswered = entered === text && !found.isAsking && text !== '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: an Enter that waited is done once.
  useEffect(() => {
    if (isAnswered) enter();
  }, [isAnswered]);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const from = at === -1 && step === -1 ? 0 : at;
      if (options.length > 0) choose((from + step + options.length) % options.length);
    } else if (event.key === 'Enter') {
      if (!event.repeat) enter();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (text === '') onLeave();
      else onText('');
    }
  };
  return (
    <search className={classes.search}>
      <label className={classes.box}>
        <Icon name="search" />
        <input
          ref={input}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
          onKeyDown={press}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          placeholder={placeholder}
          aria-label={placeholder}
          role="combobox"
          aria-expanded={isShown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={isShown && at >= 0 ? `${list}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          enterKeyHint="go"
        />
        <kbd>/</kbd>
      </label>
      <div className={classes.found} hidden={!isShown}>
        <div id={list} role="listbox" aria-label={t('found')}>
          {(['rooms', 'guests', 'plastic'] as const).map((group) => {
            const members = options.flatMap((option, index) => (option.group === group ? [{ option, index }] : []));
            if (members.length === 0) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own.
              <div key={group} role="group" aria-label={t(group)}>
                <p className={classes.group} aria-hidden="true">
                  {t(group)}
                </p>
                {members.map(({ option, index }) => (
                  // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the chosen one.
                  // biome-ignore lint/a11y/useKeyWithClickEvents: keys act in the field above.
                  <div
                    key={option.key}
                    id={`${list}-${index}`}
                    role="option"
                    aria-selected={index === at}
                    className={classes.option}
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={() => option.room && onOpen(option.room)}
                  >
                    <b>{group === 'rooms' ? <Marked text={option.lead} typed={text.trim()} /> : option.lead}</b>
                    <span>
                      {option.name !== null && <Marked text={option.name} typed={text.trim()} />}
                      <small>{option.about}</small>
                    </span>
                    {index === at && option.room && <kbd>Enter</kbd>}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        {options.length === 0 && <p className={classes.none}>{t(found.isAsking ? 'searching' : 'nothing')}</p>}
      </div>
      <Hidden>
        <span role="status">{isShown && !found.isAsking ? t('resultCount', { count: options.length }) : ''}</span>
      </Hidden>
    </search>
  );
}

function useOptions({ rooms, guests, cards }: Found, typed: string): readonly Option[] {
  const t = useTexts(texts);
  const store = useRackStore();
  const times = useTimes();
  if (typed === '') return [];
  return [
    ...rooms.map((room): Option => {
      const { id, number, name, cards: count, until } = room;
      const end = until === null ? '' : ` · ${t('until')} ${times.short(until)}`;
      const out = count > 0 ? ` · ${t('cards', { count })}` : '';
      const about = `${t(`states.${seenState(room)}`)}${out}${end}`;
      const numbered = name === number ? null : number;
      return { key: id, group: 'rooms', room: id, lead: store.name(id), name: numbered, about };
    }),
    ...guests
      .slice(0, GUESTS_LISTED)
      .map(({ room, holder, areaCode, mobile, stay, cards: count, validFrom, validUntil }, at): Option => {
        const [from, until] = [times.short(validFrom), times.short(validUntil)];
        const told = {
          in: () => t('guestIn', { count, until }),
          later: () => t('guestLater', { from }),
          'out-of-use': () => t('guestOutOfUse', { until }),
        }[stay]();
        const phone = mobile === null ? '' : `+${areaCode ?? ''} ${mobile}`;
        const isByPhone = !/\p{Letter}/u.test(typed);
        const name = holder ?? phone;
        const about = isByPhone && holder !== null ? `${phone} · ${told}` : told;
        const lead = store.name(room.id) || room.name;
        return { key: `guest ${at}`, group: 'guests', room: room.id, lead, name, about };
      }),
    ...cards.map(({ serial, record }): Option => {
      const about =
        record === null
          ? t('cardBlank')
          : `${record.holder ?? ''} ${t('until')} ${times.short(record.validUntil)}`.trim();
      const room = record?.room ?? null;
      return { key: serial, group: 'plastic', room, lead: room === null ? '' : store.name(room), name: serial, about };
    }),
  ];
}

function Marked({ text, typed }: { readonly text: string; readonly typed: string }) {
  const [before, match, after] = cutAt(text, typed);
  return (
    <bdi>
      {before}
      {match && <mark>{match}</mark>}
      {after}
    </bdi>
  );
}
