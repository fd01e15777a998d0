import { Button, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { Failure } from '../../page/failure.tsx';
import things from '../../page/thing.module.css';
import { useSession } from '../../session/session.tsx';
import { isolated } from '../../texts/isolated.ts';
import { useTexts } from '../../texts/texts.ts';
import { serverNow } from '../../time/server-clock.ts';
import { useTimes } from '../../time/times.ts';
import classes from '../developers.module.css';
import { ShownSecret } from '../shown-secret.tsx';
import { keepToken } from '../workbench/kept-tokens.ts';
import type { Account } from './account-queries.ts';
import * as texts from './texts.ts';

const DAY_MS = 24 * 60 * 60_000;
const OVERLAPS = { none: 0, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
type Overlap = keyof typeof OVERLAPS;

/** Gives an account another token, which is shown once. The one before signs too for as long as somebody chooses. */
export function RotateToken({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { me } = useSession();
  const [overlap, setOverlap] = useState<Overlap>('day');
  const rotating = useMutation({
    async mutationFn() {
      const ms = OVERLAPS[overlap];
      const previousTokenUntil = ms === 0 ? null : new Date(serverNow() + ms).toISOString();
      const made = await keyrack.accounts.rotateToken({ account: account.sid, previousTokenUntil });
      if (made.token !== null) keepToken(me.session, account.sid, made.token);
      return made;
    },
  });
  const made = rotating.data;
  if (made !== undefined)
    return (
      <ShownSecret title={t('rotated', { name: isolated(account.name) })} secret={made.token} onKept={onDone}>
        <p>
          {made.previousTokenUntil === null
            ? t('oldEnded')
            : t('bothUntil', { time: times.dayAndClock(made.previousTokenUntil) })}
        </p>
      </ShownSecret>
    );
  return (
    <div className={classes.stack}>
      <p>{t('rotateAbout')}</p>
      <Select
        label={t('overlap')}
        allowDeselect={false}
        value={overlap}
        data={(Object.keys(OVERLAPS) as Overlap[]).map((value) => ({ value, label: t(`overlaps.${value}`) }))}
        onChange={(chosen) => setOverlap((chosen ?? 'day') as Overlap)}
      />
      {rotating.error !== null && <Failure error={rotating.error} />}
      <div className={things.buttons}>
        <Button loading={rotating.isPending} onClick={() => rotating.mutate()}>
          {t('rotateNow')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('leave')}
        </Button>
      </div>
    </div>
  );
}
