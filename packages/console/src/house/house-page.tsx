import { Button, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useDeferredValue, useMemo, useRef, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { BYTE_ORDER_MARK } from '../csv/csv.ts';
import { saveFile } from '../csv/save-file.ts';
import { Icon } from '../icon/icon.tsx';
import { lazyPart } from '../newer/lazy-part.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Empty, Page, Panel } from '../page/page.tsx';
import { WorkPanel } from '../page/work-panel.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { Sentences } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { AddRoom } from './add-room.tsx';
import { bodyOf, type Change } from './change.ts';
import { ChangePlace, type SeenPlace } from './change-place.tsx';
import { ChosenBar } from './chosen-bar.tsx';
import { ExportLocks } from './export-locks.tsx';
import classes from './house.module.css';
import { LockKeys } from './lock-keys.tsx';
import { useManyRooms } from './many-rooms.ts';
import { ManyRoomsProgress } from './many-rooms-progress.tsx';
import { AddPlace } from './place-form.tsx';
import { floorName, PlaceTree } from './place-tree.tsx';
import { type Room, useCardKeys, useFloors, useRooms } from './places.ts';
import { PlanRooms } from './plan-rooms.tsx';
import { RemoveRooms } from './remove-rooms.tsx';
import { currentVersion, filterRooms, lockKeyOf, NO_FILTER, sortRooms, treeOf } from './room-rows.ts';
import { RoomTable } from './room-table.tsx';
import * as texts from './texts.ts';
import { Toolbar } from './toolbar.tsx';
import { useSaving } from './use-saving.ts';

const CsvIn = lazyPart(async () => (await import('./csv/csv-in.tsx')).CsvIn);

/** What is worked on above the table. */
type Work = 'add-room' | 'add-rooms' | 'csv-in' | 'add-place' | 'keys' | 'export' | SeenPlace;

const NONE: readonly Room[] = [];

/** Buildings, floors, rooms and their locks. */
export function HousePage() {
  const t = useTexts(texts);
  const { property, can } = useSession();
  const client = useQueryClient();
  const canWrite = can('rooms.write');
  const many = useManyRooms();
  const found = useRooms(property.id, { paused: many.run?.state === 'running' });
  const floors = useFloors(property.id);
  const keys = useCardKeys(property.id, can('lockKeys.read'));
  const saving = useSaving(property.id);
  const [filter, setFilter] = useState(NO_FILTER);
  const [work, setWork] = useState<Work | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [removing, setRemoving] = useState<readonly Room[] | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  // Once a list was compared with the whole house it stays, though the house grows by it.
  const [wasWhole, setWasWhole] = useState(false);
  if (found.isWhole && !wasWhole) setWasWhole(true);

  const all = useMemo(() => sortRooms(found.rooms ?? NONE), [found.rooms]);
  const current = currentVersion(keys.data);
  const deferred = useDeferredValue(filter);
  const shown = useMemo(() => filterRooms(all, deferred, current), [all, deferred, current]);
  const tree = useMemo(() => treeOf(floors.data?.buildings ?? [], floors.data?.floors ?? [], all), [floors.data, all]);
  const behind = useMemo(() => all.filter((room) => lockKeyOf(room, current) === 'old').length, [all, current]);
  const unknown = useMemo(() => all.filter(({ lock }) => lock.keyVersion === null).length, [all]);
  const chosenRooms = useMemo(() => all.filter(({ id }) => chosen.has(id)), [all, chosen]);
  const floorCount = tree.reduce((sum, each) => sum + each.floors.length, 0);

  const open = (next: Work) => {
    opener.current = document.activeElement as HTMLElement | null;
    setWork(next);
  };
  const close = () => {
    setWork(null);
    opener.current?.focus();
  };
  const changeMany = async (change: Change, what: string) => {
    const rooms = chosenRooms;
    await many.start(what, rooms, async ({ id }) => {
      saving.put(await keyrack.rooms.change({ property: property.id, room: id, ...bodyOf(change) }));
    });
    await client.invalidateQueries({ queryKey: ['places'] });
    await client.invalidateQueries({ queryKey: ['card-keys'] });
  };
  const removeMany = async (rooms: readonly Room[]) => {
    setRemoving(null);
    const gone = new Set<string>();
    await many.start(t('whatRemoved'), rooms, async ({ id }) => {
      await keyrack.rooms.remove({ property: property.id, room: id });
      gone.add(id);
    });
    setChosen((before) => new Set([...before].filter((id) => !gone.has(id))));
    await client.invalidateQueries({ queryKey: ['places'] });
  };
  const csvOut = async () => {
    const { writeRoomsCsv } = await import('./csv/rooms-csv.ts');
    saveFile(`rooms-${property.number}.csv`, [BYTE_ORDER_MARK, writeRoomsCsv(all)], 'text/csv;charset=utf-8');
  };
  const where = seenPlace();
  function seenPlace(): SeenPlace | null {
    const building = tree.find((each) => each.building.id === filter.building);
    if (building === undefined) return null;
    const floor = building.floors.find((each) => each.floor.id === filter.floor);
    if (floor !== undefined) return { kind: 'floor', ...floor.floor, rooms: floor.rooms, floors: 0 };
    return { kind: 'building', ...building.building, rooms: building.rooms, floors: building.floors.length };
  }
  const title = () => {
    if (where === null) return t('wholeHouse');
    const building = tree.find((each) => each.building.id === filter.building)?.building.name ?? '';
    return where.kind === 'building' ? (
      <bdi>{where.name}</bdi>
    ) : (
      <>
        <bdi>{building}</bdi> · <bdi>{floorName(where, t)}</bdi>
      </>
    );
  };
  const error = found.error ?? floors.error;
  const isEmpty = found.isWhole && all.length === 0;

  return (
    <Page
      title={t('title')}
      about={
        found.rooms && floors.data && t('about', { buildings: tree.length, floors: floorCount, rooms: all.length })
      }
      actions={
        <>
          {can('lockKeys.read') && <Button onClick={() => open('keys')}>{t('cardKeys')}</Button>}
          {canWrite && <Button onClick={() => open('csv-in')}>{t('csvIn')}</Button>}
          {found.isWhole && all.length > 0 && <Button onClick={() => void csvOut()}>{t('csvOut')}</Button>}
          {canWrite && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="filled" leftSection={<Icon name="plus" />} rightSection={<Icon name="down" />}>
                  {t('addMenu')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => open('add-rooms')}>{t('addSeveral')}</Menu.Item>
                <Menu.Item onClick={() => open('add-room')}>{t('addOne')}</Menu.Item>
                <Menu.Item onClick={() => open('add-place')}>{t('addPlace')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      }
    >
      <div className={classes.columns}>
        <PlaceTree
          tree={tree}
          rooms={all.length}
          where={filter}
          onWhere={(to) => setFilter({ ...filter, ...to })}
          onAdd={canWrite ? () => open('add-place') : null}
        />
        <div className={classes.stack}>
          {work !== null && (
            <WorkPanel key={typeof work === 'string' ? work : work.id} title={workTitle(work)} onClose={close}>
              {workContent(work)}
            </WorkPanel>
          )}
          {behind > 0 && filter.lockKey !== 'old' && (
            <Note meaning="warn">
              <div className={classes.behind}>
                <span>
                  <Sentences>
                    <b>{t('behind', { count: behind, version: String(current ?? '') })}</b>
                    {t('behindMeans')}
                  </Sentences>
                </span>
                <button
                  type="button"
                  className={classes.link}
                  onClick={() => setFilter({ ...NO_FILTER, lockKey: 'old' })}
                >
                  {t('showBehind', { count: behind })}
                </button>
              </div>
            </Note>
          )}
          {removing !== null && (
            <RemoveRooms rooms={removing} onKeep={() => setRemoving(null)} onRemove={() => void removeMany(removing)} />
          )}
          {many.run !== null && <ManyRoomsProgress run={many.run} onStop={many.stop} onClear={many.clear} />}
          {error && <Failure error={error} onAgain={found.again} />}
          {found.rooms === null && !error && <Bones rows={10} />}
          {isEmpty && (
            <Panel>
              <Empty title={t('noRooms')}>
                <p>{canWrite ? t('noRoomsAdvice') : t('noRoomsAsk')}</p>
                {canWrite && work === null && (
                  <Button variant="filled" onClick={() => open('add-rooms')}>
                    {t('addSeveral')}
                  </Button>
                )}
              </Empty>
            </Panel>
          )}
          {all.length > 0 && (
            <Panel
              flush
              title={title()}
              end={
                where !== null && canWrite ? (
                  <Button size="xs" variant="subtle" onClick={() => open(where)}>
                    {t(`changePlace.${where.kind}`)}
                  </Button>
                ) : undefined
              }
            >
              <Toolbar filter={filter} tree={tree} onFilter={setFilter} />
              <p className={classes.shown} role="status">
                {t('shown', { count: shown.length })}
                {!found.isWhole && ` · ${t('loadingMore')}`}
              </p>
              {shown.length === 0 ? (
                <Empty title={t('noneFound')}>
                  <Button onClick={() => setFilter(NO_FILTER)}>{t('showAll')}</Button>
                </Empty>
              ) : (
                <RoomTable
                  rooms={shown}
                  places={filter.floor === null}
                  canWrite={canWrite}
                  current={current}
                  keys={keys.data ?? []}
                  chosen={chosen}
                  works={saving.works}
                  onChosen={setChosen}
                  onSave={(room, seen, change) => void saving.save(room, seen, change)}
                  onLeave={saving.leave}
                  onRemove={(room) => setRemoving([room])}
                />
              )}
              {chosenRooms.length > 0 && (
                <ChosenBar
                  rooms={chosenRooms}
                  current={current}
                  canExport={can('lockKeys.write')}
                  onChange={(change) => void changeMany(change, t('whatChanged'))}
                  onExport={() => open('export')}
                  onRemove={() => setRemoving(chosenRooms)}
                  onClear={() => setChosen(new Set())}
                />
              )}
            </Panel>
          )}
          {all.length > 0 && (
            <p className={classes.small}>{t.rich('cardTypeNote', { code: (chunks) => <code>{chunks}</code> })}</p>
          )}
        </div>
      </div>
    </Page>
  );

  function workTitle(of: Work): string {
    switch (of) {
      case 'add-room':
        return t('addOne');
      case 'add-rooms':
        return t('addSeveral');
      case 'csv-in':
        return t('csvIn');
      case 'add-place':
        return t('addPlace');
      case 'keys':
        return t('cardKeys');
      case 'export':
        return t('exportLocks');
      default:
        return t(`changePlace.${of.kind}`);
    }
  }
  function workContent(of: Work) {
    switch (of) {
      case 'add-room':
        return <AddRoom tree={tree} floor={filter.floor} />;
      case 'add-rooms':
        return wasWhole ? <PlanRooms rooms={all} onDone={close} /> : <Bones rows={4} />;
      case 'csv-in':
        return (
          <Suspense fallback={<Bones rows={2} />}>
            {wasWhole ? <CsvIn rooms={all} onDone={close} /> : <Bones rows={2} />}
          </Suspense>
        );
      case 'add-place':
        return <AddPlace tree={tree} building={filter.building} onDone={close} />;
      case 'keys':
        return (
          <LockKeys
            keys={keys.data ?? []}
            behind={behind}
            unknown={unknown}
            onShowBehind={() => setFilter({ ...NO_FILTER, lockKey: 'old' })}
          />
        );
      case 'export':
        return <ExportLocks rooms={chosenRooms} />;
      default:
        return <ChangePlace place={of} onDone={close} />;
    }
  }
}
