import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, Suspense, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { PlanForm } from '../house/generator/plan-form.tsx';
import { RackPreview } from '../house/generator/rack-preview.tsx';
import {
  EMPTY_LINE,
  type PlanLine,
  type PlannedRoom,
  roomsOfPlan,
  roomsToAdd,
} from '../house/generator/rooms-of-plan.ts';
import { useRooms } from '../house/places.ts';
import { lazyPart } from '../newer/lazy-part.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { sayFault } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './set-up.module.css';
import type { StepProps } from './step-props.ts';
import * as texts from './texts.ts';

const CsvIn = lazyPart(async () => (await import('../house/csv/csv-in.tsx')).CsvIn);

/** Faults of single rooms that are named. */
const NAMED = 5;

/** Rooms by how the house numbers them. */
export function RoomsStep({ frame, goOn, there }: StepProps & { readonly there: number }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const client = useQueryClient();
  const [plan, setPlan] = useState<readonly PlanLine[]>([EMPTY_LINE]);
  const [byList, setByList] = useState(false);
  const known = useRooms(property.id, { paused: !byList && there === 0 });
  const [strict, setStrict] = useState(false);
  const planned = roomsOfPlan(plan);
  const { faults } = planned;
  // Until all that is there is known, nothing is saved: what is there would be changed by it.
  const isKnown = there === 0 || known.isWhole;
  // Once a list was compared with the whole house it stays, though the house grows by it.
  const [wasWhole, setWasWhole] = useState(false);
  if (byList && known.isWhole && !wasWhole) setWasWhole(true);
  const rooms = roomsToAdd(planned.rooms, known.rooms ?? []);
  const save = useMutation({
    mutationFn: (planned: readonly PlannedRoom[]) =>
      keyrack.call('importRooms', { property: property.id, rooms: [...planned] }),
    async onSuccess() {
      await Promise.all(
        ['places', 'rack'].map((topic) => client.invalidateQueries({ queryKey: [topic, property.id] })),
      );
      goOn();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const isUntouched = plan.length === 1 && plan[0]?.rooms.trim() === '';
    if (isUntouched && there > 0) return goOn();
    setStrict(true);
    if (faults.length > 0 || save.isPending || !isKnown) return;
    if (rooms.length === 0) return goOn();
    save.mutate(rooms);
  };
  if (byList)
    return frame({
      title: t('rooms.csvTitle'),
      about: t('rooms.csvAbout'),
      children: (
        <div className={classes.form}>
          <Suspense fallback={<Bones />}>
            {wasWhole ? <CsvIn rooms={known.rooms ?? []} onDone={goOn} /> : <Bones />}
          </Suspense>
          <div className={classes.actions}>
            <Button size="md" onClick={() => setByList(false)}>
              {t('back')}
            </Button>
          </div>
        </div>
      ),
    });
  return frame({
    title: t('rooms.title'),
    about: t('rooms.about'),
    aside: <RackPreview rooms={rooms} there={planned.rooms.length - rooms.length} />,
    children: (
      <form onSubmit={send} noValidate className={classes.form}>
        {there > 0 && <Note meaning="calm">{t('rooms.there', { count: there })}</Note>}
        {save.error !== null && !save.isPending && <RoomsFailure error={save.error} rooms={rooms} />}
        <PlanForm plan={plan} onChange={setPlan} faults={faults} leftOut={planned.leftOut} strict={strict} />
        <Note meaning="calm">
          {t('rooms.csv')}{' '}
          <Button size="compact-sm" variant="subtle" onClick={() => setByList(true)}>
            {t('rooms.csvLink')}
          </Button>
        </Note>
        <div className={classes.actions}>
          <Button size="md" onClick={goOn}>
            {t(there > 0 ? 'goOn' : 'later')}
          </Button>
          <Button type="submit" variant="filled" size="md" loading={save.isPending || !isKnown}>
            {rooms.length === 0 && planned.rooms.length > 0 ? t('goOn') : t('rooms.save', { count: rooms.length })}
          </Button>
        </div>
      </form>
    ),
  });
}

function RoomsFailure({ error, rooms }: { readonly error: unknown; readonly rooms: readonly PlannedRoom[] }) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  if (!isProblem(error) || error.errors.length === 0) return <Failure error={error} />;
  return (
    <Note meaning="bad" live="alert">
      <p>{t('rooms.refused', { count: error.errors.length })}</p>
      <ul className={classes.faults}>
        {error.errors.slice(0, NAMED).map(({ path, detail }) => {
          const room = rooms[Number(path.split('.')[1])];
          return (
            <li key={path}>
              {room
                ? t('rooms.fault', { room: isolated(room.number), detail: sayFault(detail, language) })
                : sayFault(detail, language)}
            </li>
          );
        })}
      </ul>
    </Note>
  );
}
