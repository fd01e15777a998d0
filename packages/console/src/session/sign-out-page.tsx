import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Entrance } from '../entrance/entrance.tsx';
import { Failure } from '../page/failure.tsx';
import * as texts from '../shell/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { signOut } from './sign-out.ts';

/**
 * The way out. It hides at once what was shown, and says so while the session hasn't ended: at a shared desk nobody may
 * believe that they are out. Opened by an address from elsewhere, it asks first.
 */
export function SignOutPage() {
  const t = useTexts(texts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const isAsked = useRouterState({ select: ({ location }) => location.state.signOut === true });
  const begun = useRef(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => signOut(client),
    onSuccess: () => navigate({ to: '/sign-in', replace: true }),
  });
  useEffect(() => {
    if (!isAsked || begun.current) return;
    begun.current = true;
    mutate();
  }, [isAsked, mutate]);
  return (
    <Entrance title={t('signOut')} about={error === null ? undefined : t('stillSignedIn')}>
      {error !== null && <Failure error={error} />}
      <Button variant="filled" fullWidth mt="lg" loading={isPending} onClick={() => mutate()}>
        {t('signOut')}
      </Button>
      <Button variant="subtle" fullWidth mt="sm" onClick={() => void navigate({ to: '/', replace: true })}>
        {t('stay')}
      </Button>
    </Entrance>
  );
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Somebody pressed what signs them out. */
    signOut?: true;
  }
}
