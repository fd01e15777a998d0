import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { sayFault } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { PlanForm } from './generator/plan-form.tsx';
import { RackPreview } from './generator/rack-preview.tsx';
import { EMPTY_LINE, type PlanLine, roomsOfPlan, roomsToAdd } from './generator/rooms-of-plan.ts';
import classes from './house.module.css';
import type { Room } from './places.ts';
import * as texts from './texts.ts';

/** Many rooms at once, as a house numbers them. Those that are there already stay as they are. */
export function PlanRooms({ rooms, onDone }: { readonly rooms: readonly Room[]; readonly onDone: () => void }) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const { property } = useSession();
  const client = useQueryClient();
  const [plan, setPlan] = useState<readonly PlanLine[]>([EMPTY_LINE]);
  const [strict, setStrict] = useState(false);
  const { rooms: planned, faults, leftOut } = roomsOfPlan(plan);
  const fresh = roomsToAdd(planned, rooms);
  const add = useMutation({
    mutationFn: () => keyrack.rooms.import({ property: property.id, rooms: [...fresh] }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['places'] }),
  });
  const told = isProblem(add.error, 'rooms-not-imported') ? add.error.errors : [];
  if (add.data !== undefined)
    return (
      <div className={classes.stack}>
        <Note meaning="good" live="status">
          {t('roomsAdded', { count: add.data.added })}
        </Note>
        <div className={classes.acts}>
          <Button onClick={onDone}>{t('close')}</Button>
        </div>
      </div>
    );
  return (
    <div className={classes.plan}>
      <div className={classes.stack}>
        <PlanForm plan={plan} onChange={setPlan} faults={faults} leftOut={leftOut} strict={strict} />
        {told.length > 0 && (
          <Note meaning="bad" live="alert">
            <ul>
              {told.slice(0, 10).map(({ path, detail }) => (
                <li key={path}>
                  <b>{fresh[Number(path.split('.')[1])]?.number}</b> {sayFault(detail, language)}
                </li>
              ))}
            </ul>
            {told.length > 10 && <p>{t('andMore', { count: told.length - 10 })}</p>}
          </Note>
        )}
        {add.error && told.length === 0 && <Failure error={add.error} />}
        <div className={classes.acts}>
          {faults.length === 0 && fresh.length > 0 ? (
            <Button variant="filled" loading={add.isPending} onClick={() => add.mutate()}>
              {t('addRooms', { count: fresh.length })}
            </Button>
          ) : (
            <Button onClick={() => setStrict(true)}>{t('checkPlan')}</Button>
          )}
        </div>
      </div>
      <RackPreview rooms={fresh} there={planned.length - fresh.length} />
    </div>
  );
}
