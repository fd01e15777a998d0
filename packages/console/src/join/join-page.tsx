import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { isSignedOut } from '../api/queries.ts';
import classes from '../entrance/entrance.module.css';
import { Entrance } from '../entrance/entrance.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { forgetTokenInAddress, tokenInAddress } from '../person/link-in-address.ts';
import { myself } from '../session/myself.ts';
import { tellSessionChange } from '../session/session-news.ts';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import { BecomePerson } from './become-person.tsx';
import { JoinAsMyself } from './join-as-myself.tsx';
import { forgetInvitation, keepInvitation, keptInvitation } from './kept-invitation.ts';
import * as texts from './texts.ts';

/** Where an invitation leads: to a password of one's own, or with one that is there to another membership. */
export function JoinPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [token] = useState(() => tokenInAddress() ?? keptInvitation());
  const [isSomebodyElse, setSomebodyElse] = useState(false);
  const link = useQuery({
    queryKey: ['link', token],
    enabled: token !== null,
    queryFn: () => keyrack.call('lookAtLink', { link: token ?? '' }),
  });
  const me = useQuery(myself);
  useEffect(() => {
    if (token === null) return;
    keepInvitation(token);
    forgetTokenInAddress();
  }, [token]);
  const joined = async () => {
    forgetInvitation();
    client.clear();
    tellSessionChange();
    await navigate({ to: '/' });
  };
  const toSignIn = (back: boolean) => void navigate({ to: '/sign-in', search: back ? { back: '/join' } : {} });

  if (token === null)
    return (
      <Entrance title={t('title')} about={t('none')}>
        <div className={classes.spaced}>
          <Button onClick={() => toSignIn(false)}>{t('signIn')}</Button>
        </div>
      </Entrance>
    );
  if (isProblem(link.error, 'link-over'))
    return (
      <Entrance title={t('over')} about={t('overAbout')}>
        <div className={classes.spaced}>
          <Button variant="filled" onClick={() => toSignIn(false)}>
            {t('signIn')}
          </Button>
        </div>
      </Entrance>
    );
  // Who is signed in isn't known where the server fails: nobody is asked to become another person by that.
  const error = link.error ?? (isSignedOut(me.error) ? null : me.error);
  if (error !== null)
    return (
      <Entrance title={t('title')}>
        <Failure error={error} onAgain={() => void Promise.all([link.refetch(), me.refetch()])} />
      </Entrance>
    );
  if (link.data === undefined || me.isPending) return <Bones />;
  const { to, name, property } = link.data;
  if (to !== 'join' && to !== 'own')
    return <Entrance title={t('title')}>{<p className={classes.about}>{t('otherLink')}</p>}</Entrance>;
  const about = property === null ? t('toOwn') : t('toProperty', { property: isolated(property) });
  const person = me.data?.person ?? null;
  return (
    <Entrance title={t('title')} about={about}>
      {person !== null && !isSomebodyElse ? (
        <JoinAsMyself token={token} name={person.name} onJoined={joined} onSomebodyElse={() => setSomebodyElse(true)} />
      ) : (
        <BecomePerson token={token} name={name ?? ''} onJoined={joined} onSignIn={() => toSignIn(true)} />
      )}
    </Entrance>
  );
}
