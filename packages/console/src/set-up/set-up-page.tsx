import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { isSignedOut } from '../api/queries.ts';
import { KeepQueues } from '../encoder/keep-queues.ts';
import classes from '../entrance/entrance.module.css';
import { Entrance } from '../entrance/entrance.tsx';
import { LiveProvider } from '../live/live.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { forgetTokenInAddress, tokenInAddress } from '../person/link-in-address.ts';
import { myself } from '../session/myself.ts';
import { NotAllowed } from '../session/not-allowed.tsx';
import { Nowhere } from '../session/nowhere.tsx';
import { SessionProvider, useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { FirstSteps } from './first-steps.tsx';
import { HouseSteps } from './house-steps.tsx';
import * as texts from './texts.ts';
import { SET_UP_RIGHTS } from './use-set-up-shown.ts';

/** The first ten minutes: an empty server by the link of its start, then the house, step by step. */
export function SetUpPage() {
  const t = useTexts(texts);
  const [token, setToken] = useState(tokenInAddress);
  const state = useQuery({ queryKey: ['set-up'], queryFn: () => keyrack.call('getSetUp'), staleTime: 0 });
  const isDone = state.data?.state === 'done';
  const me = useQuery({ ...myself, enabled: isDone });
  if (state.error !== null || (me.error !== null && !isSignedOut(me.error)))
    return (
      <Entrance title={t('title')}>
        <Failure error={state.error ?? me.error} onAgain={() => void state.refetch().then(() => me.refetch())} />
      </Entrance>
    );
  if (state.data === undefined || (isDone && me.isPending)) return <Bones />;
  if (!isDone) {
    if (token === null) return <Waiting />;
    return (
      <FirstSteps
        token={token}
        onDone={async () => {
          forgetTokenInAddress();
          setToken(null);
          await state.refetch();
        }}
      />
    );
  }
  if (me.data === undefined) return <Over />;
  return (
    <SessionProvider none={<Nowhere />}>
      <LiveProvider>
        <KeepQueues />
        <Steps />
      </LiveProvider>
    </SessionProvider>
  );
}

function Steps() {
  const { can } = useSession();
  return SET_UP_RIGHTS.every(can) ? <HouseSteps /> : <NotAllowed />;
}

function Waiting() {
  const t = useTexts(texts);
  return (
    <Entrance title={t('waiting.title')} about={t('waiting.about')}>
      <p className={classes.about}>{t('waiting.lost')}</p>
    </Entrance>
  );
}

/** Also for who heard no answer, and opens the link again. */
function Over() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  return (
    <Entrance title={t('over.title')} about={t('over.about')}>
      <div className={classes.spaced}>
        <Button
          variant="filled"
          size="md"
          onClick={() => void navigate({ to: '/sign-in', search: { back: '/set-up' } })}
        >
          {t('over.signIn')}
        </Button>
      </div>
    </Entrance>
  );
}
