import { Button } from '@mantine/core';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { EncoderBar } from '../encoder/encoder-bar.tsx';
import { Icon } from '../icon/icon.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Empty, Hidden, useTitle } from '../page/page.tsx';
import { usePhone } from '../page/use-phone.ts';
import { useSession } from '../session/session.tsx';
import { useSignOut } from '../session/use-sign-out.ts';
import { useTexts } from '../texts/texts.ts';
import { useDensity } from './density.ts';
import classes from './desk.module.css';
import { KeyTable } from './key-table.tsx';
import { useDeskKey } from './keys.ts';
import { DensitySwitch, Legend } from './legend.tsx';
import { Now, useAttention } from './now.tsx';
import { Rack } from './rack.tsx';
import type { RackFilter } from './rack-filter.ts';
import { SearchBox } from './search-box.tsx';
import type { SeenState } from './seen-state.ts';
import * as texts from './texts.ts';
import { useTyping } from './typing.ts';
import { RackProvider, useLoadedRack, useRackPart } from './use-rack.ts';
import { useSearch } from './use-search.ts';

/** The start page of reception: all rooms at a glance, and beside them what is now, or the room that was opened. */
export function DeskPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  const { store, isThere, error, again } = useLoadedRack();
  const { room } = useParams({ strict: false });
  // On a telephone a room is a page of its own, and the rack isn't shown.
  const isRoomAlone = usePhone() && room !== undefined;
  const Side = isRoomAlone ? 'main' : 'aside';
  return (
    <RackProvider value={store}>
      <div className={classes.desk} data-room={room}>
        <main id={isRoomAlone ? undefined : 'main'} className={classes.main}>
          <Hidden>
            <h1>{t('title')}</h1>
          </Hidden>
          {error !== null && !isThere ? <Failure error={error} onAgain={again} /> : <Work isThere={isThere} />}
        </main>
        <Side id={isRoomAlone ? 'main' : undefined} className={classes.side} data-side>
          {isRoomAlone && (
            <Hidden>
              <h1>{t('title')}</h1>
            </Hidden>
          )}
          <div className={classes.encoder}>
            <EncoderBar />
          </div>
          {isThere && <Summary />}
          {room === undefined ? isThere && <Now /> : <Outlet />}
        </Side>
      </div>
    </RackProvider>
  );
}

/** Keys that are about a room, with what its panel shows then. */
const ASKS = {
  F5: { mode: 'new' },
  F6: { mode: 'same' },
  F7: { view: 'check-out' },
  F8: { view: 'extend' },
} as const;
type Asked = keyof typeof ASKS;

/** Keys are taken from the first moment on: what is typed while the rack is on its way stands in the search, and is found once it is there. */
function Work({ isThere }: { readonly isThere: boolean }) {
  const t = useTexts(texts);
  const { can, mayIssue } = useSession();
  const navigate = useNavigate();
  const handOver = useSignOut();
  const { room } = useParams({ strict: false });
  const counts = useRackPart((store) => store.counts());
  const all = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const [text, setText] = useState('');
  const [state, setState] = useState<SeenState | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [density, chooseDensity] = useDensity(all);
  const input = useRef<HTMLInputElement>(null);
  const keys = useRef<HTMLDialogElement>(null);
  const typed = text.trim();
  const found = useSearch(typed);
  const filter = useMemo<RackFilter>(
    () => ({ text: typed, found: found.inRooms, state }),
    [typed, found.inRooms, state],
  );
  useReturnToCell(room);

  const leave = () => {
    setAsked(null);
    input.current?.blur();
    document.querySelector<HTMLElement>('[data-room][tabindex="0"]')?.focus();
  };
  const open = (id: string) => {
    const search = asked === null ? {} : ASKS[asked];
    setText('');
    setAsked(null);
    input.current?.blur();
    void navigate({ to: '/desk/rooms/$room', params: { room: id }, search });
  };
  const ask = (key: Asked) => {
    const cell = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.room : undefined;
    if (cell !== undefined) {
      void navigate({ to: '/desk/rooms/$room', params: { room: cell }, search: ASKS[key] });
      return;
    }
    setAsked(key);
    input.current?.focus();
  };
  useTyping(input, () => keys.current?.showModal());
  const atWork = (act: () => void) => (mayIssue ? act : null);
  const focusSearch = () => {
    input.current?.focus();
    input.current?.select();
  };
  useDeskKey('F2', 'page', focusSearch);
  useDeskKey(
    'F3',
    'page',
    atWork(() => void navigate({ to: '/desk/read', search: { start: true } })),
  );
  useDeskKey(
    'F4',
    'page',
    atWork(() => void navigate({ to: '/desk/read', search: { start: true } })),
  );
  useDeskKey(
    'F5',
    'page',
    atWork(() => ask('F5')),
  );
  useDeskKey(
    'F6',
    'page',
    atWork(() => ask('F6')),
  );
  useDeskKey(
    'F7',
    'page',
    atWork(() => ask('F7')),
  );
  useDeskKey(
    'F8',
    'page',
    atWork(() => ask('F8')),
  );
  useDeskKey('F9', 'page', handOver);
  const isFiltered = text !== '' || state !== null || asked !== null;
  const clear = () => {
    setText('');
    setState(null);
    setAsked(null);
  };
  useDeskKey('Escape', 'page', isFiltered ? clear : null);

  if (isThere && all === 0)
    return (
      <Empty title={t('noRooms')}>
        <p>{t(can('rooms.write') ? 'noRoomsAdd' : 'noRoomsAsk')}</p>
        {can('rooms.write') && (
          <Button variant="filled" onClick={() => void navigate({ to: '/house' })}>
            {t('addRooms')}
          </Button>
        )}
      </Empty>
    );
  return (
    <>
      <div className={classes.tools}>
        <SearchBox
          input={input}
          text={text}
          placeholder={t(asked === null ? 'search' : `which.${asked}`)}
          found={found}
          onText={setText}
          onOpen={open}
          onLeave={leave}
        />
        {mayIssue && (
          <div className={classes.acts}>
            <Button
              onClick={() => void navigate({ to: '/desk/read', search: { start: true } })}
              rightSection={<kbd>F3</kbd>}
            >
              {t('read')}
            </Button>
            <Button
              variant={room === undefined ? 'filled' : 'default'}
              onClick={() => ask('F5')}
              rightSection={<kbd>F5</kbd>}
            >
              {t('newGuest')}
            </Button>
          </div>
        )}
      </div>
      {isThere ? (
        <>
          <Legend state={state} onState={setState} />
          <Rack filter={filter} density={density} current={room} />
          <DensitySwitch density={density} onDensity={chooseDensity} />
        </>
      ) : (
        <Bones rows={12} />
      )}
      <KeyTable dialog={keys} />
    </>
  );
}

/** On a telephone, that something needs a person stands in one line. */
function Summary() {
  const t = useTexts(texts);
  const { count, words } = useAttention();
  if (count === 0) return null;
  return (
    <p className={classes.summary}>
      <Icon name="alert" />
      {t('attention')} <b>{words}</b>
    </p>
  );
}

/** Whoever closes a room goes on where they were. */
function useReturnToCell(room: string | undefined): void {
  const before = useRef(room);
  useEffect(() => {
    const closed = before.current;
    before.current = room;
    if (closed === undefined || room !== undefined) return;
    // The panel may not have gone yet, and takes the focus with it.
    const at = document.activeElement;
    const isElsewhere = at !== null && at !== document.body && at.closest('[data-side]') === null;
    if (!isElsewhere) document.querySelector<HTMLElement>(`[data-room="${CSS.escape(closed)}"]:not(div)`)?.focus();
  }, [room]);
}
